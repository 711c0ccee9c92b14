// Writes a calendar file (RFC 5545) for the plan of gentle days.

/** @param {string} text */
function escaped(text) {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\n/g, "\\n");
}

/**
 * A line of a calendar file, folded after 75 octets, never inside a character.
 * @param {string} line
 */
function folded(line) {
  const encoder = new TextEncoder();
  let text = "";
  let octets = 0;
  for (const sign of line) {
    const size = encoder.encode(sign).length;
    if (octets + size > 75) {
      text += "\r\n ";
      octets = 1;
    }
    text += sign;
    octets += size;
  }
  return text;
}

/**
 * A calendar with one event of whole days for each entry, from `date` to the day before `end` (YYYY-MM-DD).
 * @param {string} name
 * @param {{ uid: string, date: string, end: string, summary: string, description: string }[]} events
 * @param {string} stamp YYYYMMDDTHHMMSSZ
 */
export function calendar(name, events, stamp) {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Korea Care Atlas//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", `X-WR-CALNAME:${escaped(name)}`];
  events.forEach(({ uid, date, end, summary, description }) => {
    const day = (/** @type {string} */ value) => value.replaceAll("-", "");
    lines.push(
      "BEGIN:VEVENT",
      `UID:${uid}@korea-care-atlas.example`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${day(date)}`,
      `DTEND;VALUE=DATE:${day(end)}`,
      `SUMMARY:${escaped(summary)}`,
      ...(description ? [`DESCRIPTION:${escaped(description)}`] : []),
      "TRANSP:TRANSPARENT",
      "END:VEVENT",
    );
  });
  lines.push("END:VCALENDAR");
  return `${lines.map(folded).join("\r\n")}\r\n`;
}
