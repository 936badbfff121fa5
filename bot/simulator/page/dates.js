// Times as people read them, in the time zone of the browser. A Unix time goes in, words come out. What "today"
// is, the local Telegram's clock says, which may be set ahead.

const clockFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const secondsFormat = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
const weekdayFormat = new Intl.DateTimeFormat("en-GB", { weekday: "short" });
const shortFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long" });
const yearFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const fullFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "medium" });

const asDate = (seconds) => new Date(seconds * 1000);

let ahead = 0;

/** Sets how many seconds the local Telegram's clock is ahead of this machine's. */
export function setAhead(seconds) {
  ahead = seconds;
}

/** The local Telegram's time as a Unix time. */
export const now = () => Date.now() / 1000 + ahead;

function daysAgo(seconds) {
  const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((midnight(asDate(now())) - midnight(asDate(seconds))) / 86_400_000);
}

/** "11:54" */
export const clock = (seconds) => clockFormat.format(asDate(seconds));

/** "11:54:03" */
export const clockWithSeconds = (seconds) => secondsFormat.format(asDate(seconds));

/** "Tuesday 12 September 2023 at 11:54:03" */
export const fullTime = (seconds) => fullFormat.format(asDate(seconds));

/** A day that compares equal for two times of the same day. */
export const dayOf = (seconds) => asDate(seconds).toDateString();

/** "Today", "Yesterday", "12 September", with the year if it is another one. */
export function dayName(seconds) {
  const ago = daysAgo(seconds);
  if (ago === 0) return "Today";
  if (ago === 1) return "Yesterday";
  const sameYear = asDate(seconds).getFullYear() === asDate(now()).getFullYear();
  return (sameYear ? dayFormat : yearFormat).format(asDate(seconds));
}

/** "12 September 2023", whatever day it is today. */
export const fullDay = (seconds) => yearFormat.format(asDate(seconds));

/** The shortest that tells: "11:54" today, "Tue" this week, "12 Sept" before. */
export function briefTime(seconds) {
  const ago = daysAgo(seconds);
  if (ago <= 0) return clock(seconds);
  return (ago < 7 ? weekdayFormat : shortFormat).format(asDate(seconds));
}

/** How long a call took: "0.4 ms", "18 ms", "1.2 s". */
export function duration(milliseconds) {
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
