"""What each event does to the clock, and where it is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from law.clock.errors import ImpossibleEvent
from law.clock.track import Interval, Track
from law.records.completion import on_signature

Data = Mapping[str, Any]
Act = Callable[[Track, int, Data], None]


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def _refuse(code: str, message: str) -> ImpossibleEvent:
    return ImpossibleEvent(code, message)


def _running(track: Track, what: str) -> None:
    """Refuse an act that needs a running clock."""
    if track.waiting == "confirmation":
        raise _refuse("not_received", f"尚未与申请人确认收到，不能{what}。")
    if track.waiting:
        raise _refuse("clock_stopped", f"正在等待补正或者缴费，答复期限没有进行，不能{what}。")
    if track.replied is not None:
        raise _refuse("after_reply", f"已于 {_iso(track.replied)} 答复，不能再{what}。")


def _not_overdue(track: Track, day: int, code: str, what: str) -> int:
    """Refuse an act after the due date has passed: nothing cures a breach (条例33)."""
    due = track.due()
    assert due is not None
    if day > due:
        raise _refuse(code, f"答复期限已于 {_iso(due)} 届满，{_iso(day)} 不能{what}。")
    return due


def supplement_notice(track: Track, day: int, data: Data) -> None:
    """Stop the clock for a supplement: once, within the notice term after receipt (条例30)."""
    # By its own name also while the first one is still waited for.
    if not track.noticed or track.waiting != "supplement":
        _running(track, "发补正告知书")
    if track.noticed:
        raise _refuse("supplement_twice", "补正只能一次性告知（条例第三十条），不能再次要求补正。")
    if track.notice_due is not None and day > track.notice_due:
        raise _refuse(
            "supplement_late",
            f"补正告知期限已于 {_iso(track.notice_due)} 届满（自收到申请之日起 {track.terms.notice_days} 个工作日）；只能发不停钟的沟通函，按原期限答复。",
        )
    _not_overdue(track, day, "supplement_after_due", "发补正告知书")
    track.noticed = True
    window = data.get("days") or track.terms.window_days
    delivered = data.get("delivered_on")
    if delivered is not None and delivered.toordinal() < day:
        raise _refuse("delivered_before_sent", "补正告知书的送达日早于发出日。")
    if window is not None:
        track.window_due = track.line.add(delivered.toordinal() if delivered else day, window)
    track.stop("supplement", day)


def supplement_received(track: Track, day: int, data: Data) -> None:
    """Start the clock anew on the day the corrected request arrived (条例30)."""
    if track.replied is not None and track.waiting == "supplement":
        raise _refuse("after_reply", "已作出不再处理等答复，不能再收补正；申请人可以重新申请。")
    if track.waiting != "supplement":
        raise _refuse("supplement_not_asked", "没有正在等待的补正，不能登记收到补正。")
    track.restart(day, "supplement")


def consultation_sent(track: Track, day: int, data: Data) -> None:
    """Open a consultation; the working days until the opinion, or the silence term, do not count (条例32–34)."""
    name, party = data["id"], data["party"]
    if name in track.opened:
        raise _refuse("consultation_twice", f"征求意见 {name} 已经发出，编号不能重复。")
    if track.replied is not None:
        raise _refuse("after_reply", f"已于 {_iso(track.replied)} 答复，不能再征求意见。")
    track.opened.add(name)
    delivered_on = data.get("delivered_on")
    if delivered_on is not None and delivered_on.toordinal() < day:
        raise _refuse("delivered_before_sent", f"征求意见 {name} 的送达日早于发出日。")
    opinion = track.ends.get(name)
    if not track.terms.pauses[party]:
        return
    assumed = delivered_on is None and opinion is None
    delivered = delivered_on.toordinal() if delivered_on else (max(track.as_of, day) if assumed else None)
    until = opinion
    if delivered is not None:
        silence = track.line.add(delivered, track.terms.opinion_days[party])
        if opinion is None or opinion > silence:
            until = silence
    assert until is not None
    if until > day:
        track.pauses.append(Interval(day, until, party, str(name), delivered, assumed))


def opinion_received(track: Track, day: int, data: Data) -> None:
    """Close a consultation; its end was already read when it was opened."""
    if data["id"] not in track.opened:
        raise _refuse(
            "opinion_before_consultation",
            f"{_iso(day)} 以前没有发出编号为 {data['id']} 的征求意见，不能登记其意见。",
        )


def extension(track: Track, day: int, data: Data) -> None:
    """Add working days to the quota: once, approved and told on or before the due date (条例33)."""
    _running(track, "延期")
    terms = track.terms
    if track.ordered:
        raise _refuse("extension_of_ordered_term", "重新答复的期限由决定或者判决确定，本机关不能自行延长。")
    if track.extensions >= terms.extensions_max:
        raise _refuse("extension_twice", "答复期限只能延长一次（条例第三十三条）。")
    days = data["days"]
    if days > terms.extension_max:
        raise _refuse(
            "extension_too_long", f"延长的期限最长不得超过 {terms.extension_max} 个工作日，不能是 {days} 个。"
        )
    _not_overdue(track, day, "extension_after_due", "延长；延期须在原期限届满前经批准并告知申请人")
    track.extensions += 1
    track.extended += days
    track.quota += days
    if track.delay is not None:
        track.delay_extended = days


def fee_notice(track: Track, day: int, data: Data) -> None:
    """Stop the clock until the fee is paid; the notice comes within the reply term (109号第六条)."""
    if not track.fee_noticed or track.waiting != "fee":
        _running(track, "发收费通知")
    if track.terms.fee_days is None:
        raise _refuse("no_fee_then", f"{_iso(day)} 时尚未实行信息处理费。")
    if track.fee_noticed:
        raise _refuse("fee_notice_twice", "每件申请只能发一次收费通知，按件、按量只能选一种。")
    _not_overdue(track, day, "fee_notice_after_due", "发收费通知")
    delivered = data.get("delivered_on")
    if delivered is not None and delivered.toordinal() < day:
        raise _refuse("delivered_before_sent", "收费通知的送达日早于发出日。")
    track.fee_noticed = True
    track.fee_due = track.line.add(delivered.toordinal() if delivered else day, track.terms.fee_days)
    track.stop("fee", day)


def fee_paid(track: Track, day: int, data: Data) -> None:
    """Start the clock anew; day 0 is the day of payment (109号第六条; READINGS R7).

    Where an office reads that the clock runs on instead, the days of waiting are taken out.
    """
    if track.replied is not None and track.waiting == "fee":
        raise _refuse("after_reply", "已作出不再处理等答复，不能再登记缴费；申请人可以重新申请。")
    if track.waiting != "fee":
        raise _refuse("payment_without_notice", "没有正在等待的收费通知，不能登记缴费。")
    if track.fee_due is not None and day > track.fee_due:
        track.flags.append("late_payment")
    if track.terms.fee_restarts:
        track.restart(day, "fee")
        return
    track.waiting = ""
    if day > track.stopped:
        track.pauses.append(Interval(track.stopped, day, "fee", "", None, False))


def excess_asked(track: Track, day: int, data: Data) -> None:
    """Ask why there are so many requests; by default the clock runs on (条例35, READINGS R8)."""
    _running(track, "要求说明理由")
    if track.terms.excess_stops is None:
        raise _refuse("no_excess_then", f"{_iso(day)} 时尚无要求说明理由的规定（现行条例第三十五条）。")
    track.asked = day
    if track.terms.excess_stops:
        until = track.ends.get("excess_explained", track.as_of)
        if until > day:
            track.pauses.append(
                Interval(day, until, "excess", "", None, "excess_explained" not in track.ends)
            )


def excess_explained(track: Track, day: int, data: Data) -> None:
    """Take the reasons; where asking stops the clock it runs on from here."""
    if track.asked is None:
        raise _refuse("explained_without_asking", "没有要求说明理由，不能登记说明理由。")


def excess_delay(track: Track, day: int, data: Data) -> None:
    """Move the due date to a stated day, since reasonable requests are too many (条例35)."""
    _running(track, "确定延迟答复的期限")
    if track.asked is None:
        raise _refuse(
            "delay_without_asking", "没有先要求申请人说明理由，不能确定延迟答复的期限（条例第三十五条）。"
        )
    if track.delay is not None:
        raise _refuse("delay_twice", "延迟答复的期限已经确定，不能再次延迟。")
    _not_overdue(track, day, "delay_after_due", "确定延迟答复的期限")
    until = data["until"].toordinal()
    # An assumed delivery moves on with the day of reading; what was possible when it happened must stay so.
    due = max(track.firm_due(), day)
    if until <= due:
        raise _refuse("delay_not_later", f"延迟答复的期限 {_iso(until)} 不晚于现在的期限 {_iso(due)}。")
    track.delay = until


def ordered_rereply(track: Track, day: int, data: Data) -> None:
    """Start a new clock of the ordered term after reconsideration or judgment; the first one stays on record."""
    stated = data.get("days")
    track.restart(day, "rereply", days=stated or track.terms.rereply_days)
    track.ordered = stated is not None
    track.replied = track.completed = None


def withdrawn(track: Track, day: int, data: Data) -> None:
    """End the clock: the applicant took the request back before the reply was served."""
    if track.completed is not None:
        raise _refuse("withdrawn_after_service", f"答复已于 {_iso(track.completed)} 送达，不能再撤回申请。")
    track.ended = day


def replied(track: Track, day: int, data: Data) -> None:
    """Note the reply's signature; it is complete only when served (law 手册 C6)."""
    if track.replied is not None:
        raise _refuse(
            "replied_twice", f"已于 {_iso(track.replied)} 答复；更正须另行引用原答复，不是第二次答复。"
        )
    track.replied = day


def served(track: Track, day: int, data: Data) -> None:
    """Complete the reply: on signature, on posting with China Post, on proven receipt from a courier (READINGS R6)."""
    if track.replied is None:
        raise _refuse("served_before_reply", "尚未答复，不能送达。")
    if data.get("failed_on") is not None:
        return  # an e-mail that bounced never reached the applicant's system
    done = day
    if data["channel"] == "courier":
        track.flags.append("courier")
    signed = data.get("signed_on")
    if signed is not None and on_signature(data["channel"], date.fromordinal(day), track.overrides):
        done = signed.toordinal()
    if done < track.replied:
        raise _refuse("served_before_reply", f"送达日 {_iso(done)} 早于答复日 {_iso(track.replied)}。")
    track.completed = done if track.completed is None else min(track.completed, done)


ACTS: dict[str, Act] = {
    "supplement_notice": supplement_notice,
    "supplement_received": supplement_received,
    "consultation_sent": consultation_sent,
    "opinion_received": opinion_received,
    "extension": extension,
    "fee_notice": fee_notice,
    "fee_paid": fee_paid,
    "excess_asked": excess_asked,
    "excess_explained": excess_explained,
    "excess_delay": excess_delay,
    "ordered_rereply": ordered_rereply,
    "withdrawn": withdrawn,
    "replied": replied,
    "served": served,
}
