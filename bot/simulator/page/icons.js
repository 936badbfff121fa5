// The page's signs, drawn as lines on a 24 by 24 grid. They say nothing to a screen reader: whoever uses one
// labels it.

const SVG = "http://www.w3.org/2000/svg";

const LINES = {
  back: "M19 12H5m6-6-6 6 6 6",
  send: "M4.5 12 3.2 4.7c-.1-.7.5-1.2 1.2-.9l16 7.4c.7.3.7 1.3 0 1.6l-16 7.4c-.7.3-1.3-.2-1.2-.9zm0 0H12",
  slash:
    "M14.5 7.5 9.5 16.5M7 3.5h10A3.5 3.5 0 0 1 20.5 7v10a3.5 3.5 0 0 1-3.5 3.5H7A3.5 3.5 0 0 1 3.5 17V7A3.5 3.5 0 0 1 7 3.5z",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
  wire: "M3 12h3.5l3-7.5 5 15 3-7.5H21",
  pause: "M9 6v12M15 6v12",
  play: "M8 5.5v13l10.5-6.5z",
  clear: "M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.5 11v5M13.5 11v5",
  down: "m6 9.5 6 6 6-6",
  quiet:
    "M6.5 16.5h9.8M8 7.5a4.3 4.3 0 0 1 8.3 1.5c0 2 .4 3.6 1 4.9M7.5 10c0 3-.8 4.8-2 6.5h2M10.5 19.5a1.8 1.8 0 0 0 3 0M4 4l16 16",
  sent: "m2.5 12.5 4.5 4.5L16.5 7M11 15.5l1.5 1.5L22 7",
  out: "M7.5 16.5l9-9M9 7.5h7.5V15",
  copy: "M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4",
  inline: "M9 10 4.5 14.5 9 19M4.5 14.5H15a4.5 4.5 0 0 0 4.5-4.5V5",
  reply: "M10 5.5 3.5 12l6.5 6.5v-4c5 0 8.5 1.5 10.5 5-.5-6-4-9.5-10.5-10z",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6 6 18",
  block: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM6 6l12 12",
  channel: "M4 10v4h3l9 4.5v-13L7 10zM18.5 9.5a3.5 3.5 0 0 1 0 5M8.5 14.5l1 4.5h2.5l-1-3.5",
  people:
    "M9 11.5a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6zM3 19c.4-3.2 2.8-5 6-5s5.6 1.8 6 5M16 5.3a3.1 3.1 0 0 1 0 5.9M17.5 14.3c2 .6 3.2 2.2 3.5 4.7",
  split:
    "M5 4.5h14a1.5 1.5 0 0 1 1.5 1.5v12a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18V6A1.5 1.5 0 0 1 5 4.5zM12 4.5v15",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  save: "M12 4v11m-5-5 5 5 5-5M4.5 19.5h15",
  pin: "M9 3.5h6l-.7 6.2 3.2 3.3v2h-11v-2l3.2-3.3zM12 15v5.5",
  picture:
    "M5 4.5h14a1.5 1.5 0 0 1 1.5 1.5v12a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18V6A1.5 1.5 0 0 1 5 4.5zM4 16.5l4.5-4.5 4 4 2.5-2.5 5 4.5M15.5 9v.01",
  file: "M7 3.5h7l4.5 4.5v12.5H7zM13.5 3.5v5h5",
  hidden:
    "M4 4l16 16M10 6.2c.6-.1 1.3-.2 2-.2 4.5 0 7.7 3.5 9 6-.5 1-1.3 2.2-2.4 3.3M6.3 7.7C4.7 8.9 3.6 10.6 3 12c1.3 2.5 4.5 6 9 6 1.5 0 2.9-.4 4.1-1",
  before: "m14.5 5.5-6.5 6.5 6.5 6.5",
  after: "m9.5 5.5 6.5 6.5-6.5 6.5",
  faults: "M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.01",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7v5l3.5 2",
  away: "M14 4.5H5.5v15H14M10.5 12H20m-4-4 4 4-4 4",
  reader: "M12 11.5a3.7 3.7 0 1 0 0-7.4 3.7 3.7 0 0 0 0 7.4zM4.5 20c.6-3.8 3.5-6 7.5-6s6.9 2.2 7.5 6",
  news: "M4 5h12.5v13A2 2 0 0 0 18.5 20H6a2 2 0 0 1-2-2zM16.5 9.5H20V18a2 2 0 0 1-1.5 2M7 8.5h6.5M7 12h6.5M7 15.5h4",
};

/** The sign of this name as an SVG element. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", LINES[name]);
  svg.append(path);
  return svg;
}
