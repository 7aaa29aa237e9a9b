// Says what an import tells in the words of the page: a field where a sentence names an option, the terminal for a command.

const WORDS = [
  [/name it with --encoding, for example --encoding (\S+)/, "name it in the field Encoding under “Say more”, for example $1, and import it again"],
  [/leave --encoding out, or name another/, "leave the field Encoding empty, or write another"],
  [/import again with --encoding/, "import it again with the field Encoding under “Say more” filled"],
  [/name all with --speakers/, "name all in the field Speakers under “Say more” and import it again"],
  [/as in --columns /, "in the field Columns under “Say more”, as in "],
  [/to import it, name the file itself/, "to import it, choose the file itself"],
  [/name them with --columns/, "name them in the field Columns under “Say more” and import it again"],
  [/first: (qcode transcript remove .*)$/, "first take it out of the study on its page (details), or in the terminal: $1"],
  [/take this one out and type: qcode transcript revise .*$/, "take this one out (details) and give the file to “Corrected text” on the page of that transcript"],
  [/with --(positions|project|codebook)\b(?: NAME)?/g, (_, name) => `in the field ${name[0].toUpperCase()}${name.slice(1)} under “Say more about it”`],
  [/leave out --(\w+)|leave --(\w+) out/, (_, one, other) => `leave the field ${(one ?? other)[0].toUpperCase()}${(one ?? other).slice(1)} empty`],
  [/if it is meant, add --anyway/, "if it is meant, tick “Also where hardly a word is the same” under “Say more about it”"],
  [/--(positions|project|codebook|speakers|encoding|language|case)\b/g, (_, name) => `the field ${name[0].toUpperCase()}${name.slice(1)}`],
];
const COMMAND = /(?:\b(?:with|see|by): )?(?<!in the terminal: )\bqcode (?=[a-z-]+ )/;

/** Return a sentence for the command line as the page says it. */
export function hereSaid(sentence) {
  const said = WORDS.reduce((found, [pattern, words]) => found.replace(pattern, words), sentence);
  return said.replace(COMMAND, "in the terminal: qcode ");
}

/** Return the name that was taken already, where a transcript came in as `2026-11-22/P1`; else nothing. */
export function takenName(transcript) {
  return /^\d{4}-\d\d-\d\d\/(.+?)(?: \(\d+\))?$/.exec(transcript)?.[1] ?? "";
}
