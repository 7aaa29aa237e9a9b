"""Abbreviations that a full stop does not end a sentence with, in the study's languages."""

from __future__ import annotations

__all__ = ["MAY_END", "MONTHS", "NEVER_END", "WITH_NUMBER"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Something must follow them: `Dr. Smith`, `ул. Ленина`, `z. B. hier`.
NEVER_END = _set(
    """
    dr mr mrs ms prof st sr jr rev gen col sgt capt lt vs cf e.g i.e eg ie viz al       approx
    ca dept est ed eds op bzw z.b d.h u.a o.ä i.d.r z.t v.a evtl ggf sog inkl exkl zzgl   str tel hr fr frl
    geb gest  vgl mind  min allg bes dipl ing  insb т.е то.есть т.к т.н т.о т.ч см ср напр например проф
    акад доц ул пр просп пер пл д кв корп   тов гр руд оз обл р-н пос дер с ст     изд ред сост
    пер канд докт  физ мат тех экон юр ист филол зам зав нач гос мл сокр букв англ нем фр лат рус узб каз
    кырг кирг тадж др-р б.у в.т.ч мыс қ қар проф ш көш обл ауд ж.б ж.ғ көч к у.а м.н масалан qarang prof ko'ch vil
    tum akad мас қаранг
    """
)

# Only in front of a number: `Fig. 3`, `рис. 2`.
WITH_NUMBER = _set("no nos nr fig figs abb kap vol pp p s рис табл гл илл стр с п ст")

# They may stand last: a capital letter behind them begins a sentence.
MAY_END = _set(
    """
    etc usw u.s.w u.a.m a.m p.m inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec min sec hrs
    ph.d m.d т.д т.п др пр тыс млн млрд руб коп сом тг сум долл гг в вв н.э л.с кг см мм км га мин сек час ч
    проч и.о т.б т.с.с ж.т.б ж.у.с ж.б.у.с т.у h.k v.h.k va.h.k ҳ.к ва.ҳ.к
    """
)

# German writes days and centuries as a number with a full stop.
MONTHS = _set(
    """
    januar jänner februar feber märz april mai juni juli august september oktober november dezember jan feb mär
    apr jun jul aug sep okt nov dez jahrhundert jahrhunderts jh klasse stock stufe mal tag jahr kapitel auflage
    semester lebensjahr geburtstag weltkrieg weltkriegs
    """
)
