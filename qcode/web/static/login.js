// Sends the password of the workbench and goes to the study.
const form = document.getElementById("login");
const wrong = document.getElementById("wrong");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  wrong.textContent = "";
  if (!isSecureContext) {
    wrong.textContent = "The way to this address is not encrypted, so the password stays here. Use the https address.";
    return;
  }
  const answer = await fetch("/api/login", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-QCODE-CSRF": "enter" },
    body: JSON.stringify({ name: form.elements.name.value, password: form.elements.password.value }),
  }).catch(() => null);
  if (answer !== null && answer.ok) {
    location.replace("/");
    return;
  }
  const told = answer === null ? null : await answer.json().catch(() => null);
  wrong.textContent = told?.error ?? "The workbench does not answer; is it still running?";
  form.elements.password.select();
});
