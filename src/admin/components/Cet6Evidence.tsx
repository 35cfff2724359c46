import { Told } from './Told';

type Piece = { text: string; same: boolean };
export type ComparedLine = {
  label: string;
  said: readonly Piece[];
  record: readonly Piece[];
  roster: string | null;
  differs: boolean;
  /** What the comparison comes to, in a word, and whether it is good. */
  outcome: { text: string; good: boolean } | null;
};

/**
 * What the candidate says, what the CET4 record says and what the roster says, one below the other, so that digit stands
 * under digit; what the other side does not have is underlaid.
 */
export function Cet6Evidence({ lines, notClean }: { lines: readonly ComparedLine[]; notClean?: string }) {
  return (
    <section aria-label="比对">
      <h3>比对</h3>
      <div className="cmp">
        <div className="cmp-key" aria-hidden="true">
          <div />
          {SOURCES.map((source) => (
            <div key={source}>{source}</div>
          ))}
          <div>比对</div>
        </div>
        {lines.map(({ label, said, record, roster, differs, outcome }) => (
          <div key={label}>
            <h4>{label}</h4>
            <dl>
              <div>
                <dt>{SOURCES[0]}</dt>
                <dd>
                  <Pieces pieces={said} marks={false} />
                </dd>
              </div>
              <div className={differs ? undefined : 'agrees'}>
                <dt>{SOURCES[1]}</dt>
                <dd>
                  <Pieces pieces={record} marks={differs} />
                </dd>
              </div>
              <div className={differs ? undefined : 'agrees'}>
                <dt>{SOURCES[2]}</dt>
                <dd>{roster ?? <span className="quiet">–</span>}</dd>
              </div>
              <div>
                <dt>比对</dt>
                <dd>
                  {outcome ? (
                    <span className={outcome.good ? 'st st--good' : 'st st--warn'}>{outcome.text}</span>
                  ) : (
                    <span className="quiet">–</span>
                  )}
                </dd>
              </div>
            </dl>
          </div>
        ))}
      </div>
      {notClean ? (
        <Told as="warning">{[notClean, whichDigits(lines)].filter(Boolean).join('。')}</Told>
      ) : (
        <Told as="done">姓名一致，证件号码属于已知的新旧号码对应关系。</Told>
      )}
    </section>
  );
}

const SOURCES = ['考生填写', '四级成绩', '现在的学籍'];

function Pieces({ pieces, marks }: { pieces: readonly Piece[]; marks: boolean }) {
  if (pieces.length === 0) return <span className="quiet">–</span>;
  return (
    <>
      {pieces.map(({ text, same }, i) =>
        same || !marks ? <span key={i}>{text}</span> : <mark key={i}>{text}</mark>,
      )}
    </>
  );
}

/** `成绩记录中第 13、14 位不同`; nothing where the numbers are not of one length. */
function whichDigits(lines: readonly ComparedLine[]): string {
  const { said, record, differs } = lines.find(({ label }) => label === '证件号码') ?? {};
  if (!differs || lengthOf(said!) !== lengthOf(record!)) return '';
  let at = 0;
  const places = record!.flatMap(({ text, same }) => {
    const here = [...text].map((_, i) => at + i + 1);
    at += text.length;
    return same ? [] : here;
  });
  return places.length === 0 || places.length > MOST_PLACES
    ? ''
    : `成绩记录中的证件号码第 ${places.join('、')} 位不同`;
}

/** More of them say nothing. */
const MOST_PLACES = 4;

function lengthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { text }) => sum + text.length, 0);
}
