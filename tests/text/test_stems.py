"""A word of a term is found in the forms it takes, and not in words that only begin alike."""

from __future__ import annotations

import pytest

from qcode.text.terms import TermFinder

FORMS = {
    "ru": """
        метадон: метадон метадона Метадоном метадоновая метадоновой | метан
        суд: суда суде судом суды | судно судья судьба судорога
        учёт: учет учёта учёте УЧЁТ | учётчик учение
        стоп: стоп стопа | стопка
        план: плана планом планы | планета планка планёр
        соседи: сосед соседям соседей | соседство
        справка: справку справок справками | справедливо
        тюрьма: тюрьме тюрем тюрьмой | тюремщик
        мать: матери матерью матерям | мат матч мало
        мечеть: мечети мечетью | меч метал
        койка: коек койку | койот
        бить: бил бьёт бьют бита | быт битва библия
        закрыть: закрыли закрылось закроют закрыта закрытое | закрепить
        уволиться: уволился уволюсь уволятся | уволили воля
        отказать: отказали откажут отказано | отказался отказ
        презирать: презирает презираю презирала | презент
        сидеть: сижу сидит сидела сидевший | сиденье сироп
        сорваться: сорвался сорвётся | сорвал сорняк
        скорая: скорую скорой | скоро скорость
        равный: равные равных равна | равно равнодушный
        семья: семьи семей семьёй | семь семя
        анонимно: анонимно анонимное анонимных | анонс
        принудительно: принудительное принудительных | принуждать
        воз: воз возу | возраст возле
        """,
    "kk": """
        дәрігер: дәрігерлер дәрігерлерден дәрігерімізге дәрігердің | дәрі дәріс
        есеп: есепке есепте есебі есебінен есептегі | есер есептеу
        ұят: ұятсыз ұяттан ұяты | ұя ұятқы
        ұялу: ұяламын ұялатынмын ұялды ұялып ұялған | ұялы
        сену: сенемін сендім сенбейді сеніп | сен сенің сенде сенбі
        ұру: ұрады ұратын ұрып ұрса ұрған | ұрлады ұрпақ ұрлық
        тексеру: тексереді тексерді тексерілдім тексеруші тексеруге | тек теке
        қою: қояды қойды қойған | қоян қойшы қойма
        ене: енем енемнің енесі | енеді енді ендеше
        пара: параны парасы парамен | парақ парад параграф
        сот: сотқа сотта соттың соты | сота сотка
        жастар: жастарға жастарды | жастамын жасыл жас
        әйелдер: әйел әйелге әйелдердің | әйтеу
        құжаттар: құжат құжаты құжаттарын | құжынаған
        нашақор: нашақорлар нашақорлық нашақорсыз | наша нашар
        кәсіп: кәсібі кәсіпке кәсіптер | кәсіподақ
        серіктес: серіктесі серіктестер | серік
        мәжбүрлеп: мәжбүрлейді мәжбүрледі мәжбүрленген | мәжбүр
        күйеу: күйеуім күйеуі күйеуіңнің | күйеді күй күйе
        сенім: сеніммен сенімді сенімсіз | сенің
        министрлік: министрлікке министрлігі | министр
        аға: ағам ағасы ағаларымыз | ағаш ағат
        """,
    "ky": """
        дарыгер: дарыгерлер дарыгерге дарыгерлердин дарыгерибиз | дары дарыя
        уят: уятсыз уяты уяттан | уя уюм
        уялуу: уялам уялчумун уялып уялган уялбайт | уюлган уяк
        ишенүү: ишенем ишенбейт ишенишет ишенип ишенген | ишемби иш
        каттоо: каттоого катталасыңарбы каттады катташты катталган каттообуз | кат катуу
        токмоктоо: токмоктоду токмоктойт токмоктошкон | токмок
        оору: ооруну ооруга оорулар оорусу | оорук
        түрмө: түрмөдө түрмөдөн түрмөгө түрмөнүн | түр түркүн
        коркуу: коркуп коркот корккон коркушкан | коркунуч кор
        чарчоо: чарчайм чарчадым чарчаган чарчабайсызбы | чарык
        аялдар: аялдарга аялдардын | аялы аян
        жаштар: жаштарга жаштардын | жаштуу жаш жаштык
        кесип: кесиби кесипке кесиптери | кесил кесепет
        күйөө: күйөөсү күйөөм күйөөнүн | күйөт күн
        мечит: мечитке мечиттин мечиттер | мечкей
        милиция: милицияга милициянын милициясы | милисе
        паспорт: паспортун паспортту паспортсуз | паспарту
        доза: дозасы дозаны дозага | дозор
        мыйзам: мыйзамга мыйзамдуу мыйзамсыз мыйзамдар | мыйтам
        жабылуу: жабылат жабылды жабылган жабылып | жабык
        туугандар: тууган туугандарым тууганы | туу туура
        сыр: сырды сырын | сырт сырткы сырдуу
        """,
    "uz": """
        shifokor: shifokorlar shifokorlarga shifokorman shifokorining шифокорга | shifo shifoxona
        qoʻrquv: qoʻrqaman qoʻrqib qo'rqadi qo‘rqqan қўрқади | qoʻri qoʻrgʻon
        hisob: hisobga hisobidan hisobda ҳисобга | hiss hisoblash
        gap: gaplar gapim gapning | gaplashdi gapirdi gaplashib
        urish: urdi uradi urib urgan urishadi | urinadi urush urug
        er: erim eri eridan erning | erta erkin erkak yer
        ona: onam onasi onalar onaning | onda она
        aka: akam akasi akamiz | akademik
        sir: siri sirni sirlar | sirk sirka
        qamoq: qamoqda qamogʻi qamoqdan қамоқда | qandi qamadi
        sherik: sherigi sherigim sheriklar | sher
        davolash: davolaydi davoladi davolanish davolanmoqda даволанади | davo davlat
        ishonish: ishonma ishonaman ishonmaydi ishondi ishongan | ish ishonch
        tekshiruv: tekshirdi tekshirish tekshiradi tekshiruvchi | tekis
        ayollar: ayol ayolga ayollarni | aybli
        yoshlar: yoshlarda yoshlarga | yosh yoshi
        maʼlumotnoma: maʼlumotnomani malumotnoma ma'lumotnomasi маълумотнома | maʼlumot
        gʻiybat: g'iybat g`iybati g’iybatlar ғийбат giybat | gʻildirak
        yopilish: yopildi yopilgan yopilmoqda | yopiq
        majburiy: majburiydir | majbur majburan
        uyat: uyatli uyatsiz uyati | uya uyatchan
        oʻqitish: oʻqitadi o'qitgan oʻqituvchi | oʻqidi oʻq
        """,
    "de": """
        Register: Registers Registern | registrieren Regie
        Therapie: Therapien Therapieplatz Therapiegespräch | Therapeut therapieren
        Methadon: Methadons Methadonprogramm Methadonvergabe | Methan
        Polizei: Polizeiwache Polizeigewalt | Politik polizeilich
        Mutter: Mütter Müttern | Mutmaßung muttersprachlich
        Mütter: Mutter Müttern | Mut
        Frauenhaus: Frauenhäuser Frauenhauses | Frauen
        Notarzt: Notärzte Notarztes Notarztwagen | Not
        Akte: Akten | Akt Aktie Aktion
        Stelle: Stellen | stelle stellen Stellung stellt
        Glaube: Glauben | glaube Glaubwürdigkeit
        Prüfung: Prüfungen | Prüfer
        Gefängnis: Gefängnisse Gefängnissen Gefängnisarzt | Gefangene gefangen
        Ministerium: Ministerien Ministeriums | Minister
        Razzia: Razzien | Rat
        schämen: schäme schämt geschämt schämte | Scham Schaum
        verdienen: verdient verdiente verdienst | Verdacht
        ausgrenzen: ausgegrenzt ausgrenzt auszugrenzen | Grenze Ausgang
        kontrolliert: kontrollieren kontrollierte kontrollierten | Kontrolle
        gekürzt: kürzen kürzt gekürzte | kurz kürzlich
        chronisch: chronische chronischer | Chronik
        obdachlos: obdachlose obdachlosen | Obdach Obdachlosigkeit
        Standards: Standard | standhaft
        Test: Tests Teste | testen Testament getestet
        """,
    "en": """
        needle: needles Needle | need needless
        freeze: freezes freezing froze frozen | free frieze
        register: registers registered registering | registry
        pharmacy: pharmacies | pharmacist pharma
        bribe: bribed bribes bribing | bride
        drop: drops dropped dropping | droplet
        site: sites | sit situation
        set: sets | settle sett
        bed: beds | bedroom bedded
        law: laws | lawyer lawn
        gap: gaps | gape
        plan: plans planned planning | planet plane
        stop: stops stopped stopping | stopgap
        neighbours: neighbour neighbor neighbors | neigh
        rights: rights | right righteous
        gloves: glove | glow glover
        donations: donation | donate
        ashamed: ashamed | shame ash
        refused: refuse refuses refusing | refuge
        closed: closing | close closet
        mothers: mother mother's | motherhood moth
        training: trainings | train trained
        prison: prisons | prisoner
        WHO: WHO | who Who whole
        NGO: NGOs NGO's | ngo
        stress: stressed | stretch
        """,
}


def _pairs(found: bool) -> list[tuple[str, str, str]]:
    pairs = []
    for language, lines in FORMS.items():
        for line in lines.strip().splitlines():
            term, _, words = line.strip().partition(": ")
            pairs += [(language, term, word) for word in words.split(" | ")[0 if found else 1].split()]
    return pairs


def _finds(language: str, term: str, word: str) -> bool:
    return bool(TermFinder({"CODE": ((language, (term,)),)}).hits(f"… {word}, …"))


@pytest.mark.parametrize(("language", "term", "word"), _pairs(True))
def test_a_word_is_found_in_its_forms(language: str, term: str, word: str) -> None:
    assert _finds(language, term, word)


@pytest.mark.parametrize(("language", "term", "word"), _pairs(False))
def test_a_word_is_not_found_in_one_that_only_begins_alike(language: str, term: str, word: str) -> None:
    assert not _finds(language, term, word)


def test_each_language_has_at_least_twenty_of_either() -> None:
    for language in FORMS:
        assert min(sum(pair[0] == language for pair in _pairs(found)) for found in (True, False)) >= 20
