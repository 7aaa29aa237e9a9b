"""Short and frequent words, by which a passage shows its languages; one of them is rarely another language's term."""

from __future__ import annotations

from functools import cache

__all__ = ["languages_of"]

COMMON = {
    "ru": """
        без был была были было быть вам вас ведь весь во вот все всего всех вы где да даже два для до его ее если есть
        еще же за здесь из или им их как какой когда кто ли меня мне мной много мой моя мы на над нам нас не него нет
        ни них но ну об он она они оно от пар пара паре пару пары под пор пора после потом при про раз сам свой себе
        себя сейчас со так там тебе теперь то тоже только том тот три тут ты уже чем что чтобы эта эти это этого этот
    """,
    "kk": """
        ал алты бар барып бері бес біз біз бізге бір бірақ болды болып бұл бұрын бәрі да де деді деп екен екі емес енді
        ең еді жоқ жыл керек кейін келді кетті көп күн қазір қалай қой ма мен мені менің маған не ол он оны оған осы
        өз өзі пе рет сен сені соң сол сонда солай туралы тұр үш үшін ғана ғой және әлі әр
    """,
    "ky": """
        ай ал ала алар алып анан ар азыр аны ары бар бери беш биз бир бирок болду болсо болуп бул да деген деди деп ээ
        эки эле элем эми эмес эмне экен жана жок жыл ким керек кийин көп күн мага мен мени менен менин муну на ого ол
        он ошол ошондо өз өзү сен силер тигил үч үчүн ушул
    """,
    "uz": """
        agar ammo avval bilan bir biz bor bu edi ekan emas endi esa ham hamma har hech hozir ikki ish juda kabi keldi
        kerak keyin kim koʻp kun lekin men menga meni mening nega nima oʻsha oʻz oʻzi qanday qildi sen shu shunday siz
        u uch uchun ular unga uni uning va yana yil yoki yoʻq ҳам бу билан учун эди ва йўқ бўлди мен у эмас керак
    """,
    "de": """
        aber als am an auch auf aus bei bin bis da damit dann das dass dem den der des die diese dir doch du durch ein
        eine einem einen einer er es etwas für hab habe haben hat hatte hier ich ihm ihn ihr im immer in ist ja jetzt
        kein keine man mehr mein mich mir mit nach nicht noch nur ob oder ohne schon sehr sein seit sich sie sind so
        um und uns vom von vor war was weil wenn wer wie wieder wir wird wo zu zum zur
    """,
    "en": """
        about after all also am an and any are as at be because been but by can could did do does er erm for
        from get go had has have he her here him his how if in into is it its just like me more my no not now of
        on one only or other our out she so some than that the their them then there they this to too up us very
        was we were what when where which who will with would you your
    """,
}


@cache
def _languages() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for language, common in COMMON.items():
        for word in common.split():
            found[word] = (*found.get(word, ()), language)
    return found


def languages_of(word: str) -> tuple[str, ...]:
    """Return the languages in which a folded word is frequent."""
    return _languages().get(word, ())
