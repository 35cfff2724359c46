const TIMES = /(\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?)/;

/** Text in which no time breaks in two: browsers take the hyphens of a date for places to do so. */
export function WholeTimes({ text }: { text: string }) {
  return (
    <>
      {text.split(TIMES).map((part, i) =>
        TIMES.test(part) ? (
          <span key={i} style={{ whiteSpace: 'nowrap' }}>
            {part}
          </span>
        ) : (
          part
        ),
      )}
    </>
  );
}
