import { Button, Loader } from '@adminjs/design-system';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router-dom';
import { ActButton } from './ActButton';
import { type Basis, Cet6Basis, NO_BASIS } from './Cet6Basis';
import { Cet6Evidence, type ComparedLine } from './Cet6Evidence';
import { type Item, Standing } from './Cet6Item';
import { Cet6Rejection } from './Cet6Rejection';
import { callTool, downloadUrl, Refused, sentenceOf } from './panel-api';
import { Told } from './Told';

type Comparison = {
  id: string;
  version: string;
  name: string;
  state: 'PENDING' | 'APPROVED' | 'REJECTED';
  given: { decision: 'APPROVE' | 'REJECT'; mine: boolean; milliseconds: number } | null;
  decidedBy?: string;
  school: string;
  submissions: number;
  submittedAt: string;
  waitingDays: number;
  decidedAt: string | null;
  reason: string | null;
  basis: readonly string[] | null;
  recordId?: string;
  mayDecide: boolean;
  notClean?: string;
  inShort?: string;
  materials: readonly { value: string; label: string }[];
  lines: readonly ComparedLine[];
  student: readonly [string, string | null][] | null;
};

const STATES = { PENDING: '未复核', APPROVED: '通过', REJECTED: '未通过' };
const TAGS = { PENDING: 'tag', APPROVED: 'tag tag--good', REJECTED: 'tag tag--bad' };
const NEXT_SHOWN = 5;

/** One review: what the candidate says, what the CET4 record says, what the roster says, differences marked; the decision. */
export function Cet6Comparison({
  reviewId,
  items,
  takeBack,
  onDecided,
  onOpen,
}: {
  reviewId: string;
  /** The page of the queue that it was opened from. */
  items: readonly Item[];
  /** What was decided before, as long as it can be taken back. */
  takeBack: ReactNode;
  onDecided: (said: string, reviewId: string) => Promise<void>;
  /** Another review, or the queue. */
  onOpen: (reviewId: string) => void;
}) {
  const [shown, setShown] = useState<Comparison>();
  const [rejecting, setRejecting] = useState(false);
  const [reason, setReason] = useState('');
  const [basis, setBasis] = useState<Basis>(NO_BASIS);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const heading = useRef<HTMLHeadingElement>(null);

  const look = useCallback(
    () =>
      callTool<Comparison>('cet6-queue', 'compare', { reviewId }).then(setShown, (error) =>
        setRefused(sentenceOf(error)),
      ),
    [reviewId],
  );
  useEffect(() => {
    setShown(undefined);
    setRejecting(false);
    setReason('');
    setBasis(NO_BASIS);
    setRefused(undefined);
    void look();
  }, [look]);
  // whoever decides by keyboard goes on at the next one's name, not at a button that acts
  const isShown = shown?.id === reviewId;
  useEffect(() => {
    if (isShown) heading.current?.focus();
  }, [isShown]);

  const decide = async (decision: 'APPROVE' | 'REJECT') => {
    if (!shown) return;
    setBusy(true);
    setRefused(undefined);
    try {
      const { materials, note } = basis;
      const because =
        decision === 'REJECT'
          ? { reason: reason.trim() }
          : { ...(materials.length > 0 ? { materials } : {}), ...(note.trim() ? { note: note.trim() } : {}) };
      await callTool('cet6-queue', 'decide', { reviewId, version: shown.version, decision, ...because });
      await onDecided(`${decision === 'APPROVE' ? '已通过' : '不通过'} ${shown.name}`, reviewId);
    } catch (error) {
      setRefused(sentenceOf(error));
      if (error instanceof Refused && LOOK_AGAIN.includes(error.code)) await look();
    } finally {
      setBusy(false);
    }
  };

  const at = items.findIndex(({ id }) => id === reviewId);
  const next = items.slice(at + 1).filter(({ given }) => !given);
  return (
    <div className="review">
      <p className="eyebrow">
        <button type="button" className="as-link" onClick={() => onOpen('')}>
          CET6资格复核
        </button>
        {at >= 0 ? `，本页第 ${at + 1} 条，共 ${items.length} 条` : null}
      </p>
      {shown ? (
        <>
          <h2 ref={heading} tabIndex={-1}>
            {shown.name} <span className={tagOf(shown)}>{tagText(shown)}</span>
          </h2>
          <p className="quiet">
            {shown.school}。{shown.submittedAt} 第 {shown.submissions} 次提交
            {shown.state === 'PENDING' ? (
              <>
                ，<b className={shown.waitingDays > 0 ? 'late' : undefined}>{waited(shown.waitingDays)}</b>
              </>
            ) : null}
            {shown.decidedAt ? `，${shown.decidedAt} ${shown.decidedBy ?? '系统自动比对'} 复核` : null}
          </p>
          {refused ? <Told as="refused">{refused}</Told> : null}
          <div className="review-cols">
            <div>
              <Cet6Evidence lines={shown.lines} notClean={shown.notClean} />
              {shown.given ? <Given {...shown.given} by={shown.decidedBy} /> : null}
              {shown.basis ? <p>所凭材料：{shown.basis.join('、')}</p> : null}
              {shown.reason ? <p>未通过原因：{shown.reason}</p> : null}
              {shown.mayDecide && !rejecting ? (
                <Cet6Basis
                  materials={shown.materials}
                  isNeeded={shown.notClean !== undefined}
                  value={basis}
                  onChange={setBasis}
                />
              ) : null}
              {shown.mayDecide && rejecting ? <Cet6Rejection reason={reason} onReason={setReason} /> : null}
            </div>
            <div>
              <Student shown={shown} />
              {next.length > 0 ? <Next items={next.slice(0, NEXT_SHOWN)} onOpen={onOpen} /> : null}
            </div>
          </div>
        </>
      ) : refused ? (
        <Told as="refused">{refused}</Told>
      ) : (
        <Loader />
      )}
      <div className="decide">
        {shown?.mayDecide && !rejecting ? (
          <div className="acts">
            <ActButton
              key="approve"
              about={shown.version}
              variant="contained"
              disabled={busy}
              onClick={() => void decide('APPROVE')}
            >
              {busy ? '正在处理……' : `通过 ${shown.name}`}
            </ActButton>
            <Button type="button" variant="outlined" disabled={busy} onClick={() => setRejecting(true)}>
              不通过
            </Button>
            {next[0] ? (
              <button type="button" className="as-link" onClick={() => onOpen(next[0]!.id)}>
                跳过
              </button>
            ) : null}
          </div>
        ) : null}
        {shown?.mayDecide && rejecting ? (
          <div className="acts">
            <ActButton
              key="reject"
              about={shown.version}
              variant="danger"
              disabled={busy || reason.trim() === ''}
              onClick={() => void decide('REJECT')}
            >
              {busy ? '正在处理……' : `不通过 ${shown.name}`}
            </ActButton>
            <Button type="button" variant="text" disabled={busy} onClick={() => setRejecting(false)}>
              返回
            </Button>
          </div>
        ) : null}
        {takeBack}
      </div>
    </div>
  );
}

/** What is wrong with the page and not with what was filled in. */
const LOOK_AGAIN = ['ROWS_CHANGED_MEANWHILE', 'REVIEW_ALREADY_DECIDED'];

function tagOf({ state, inShort }: Comparison): string {
  return state === 'PENDING' && inShort ? 'tag tag--warn' : TAGS[state];
}

function tagText({ state, inShort }: Comparison): string {
  return state === 'PENDING' ? (inShort ?? '无异议') : STATES[state];
}

function waited(days: number): string {
  return days > 0 ? `已等待 ${days} 天` : '等待不到 1 天';
}

function Given({ decision, mine, by }: { decision: 'APPROVE' | 'REJECT'; mine: boolean; by?: string }) {
  const who = mine ? '您' : (by ?? '其他老师');
  return (
    <Told as="note">
      {`${who}刚刚作出“${decision === 'APPROVE' ? '通过' : '不通过'}”的决定，10 秒内可由本人撤回，之后生效并通知考生。`}
    </Told>
  );
}

function Student({ shown: { student, recordId } }: { shown: Comparison }) {
  if (!student) return <Told as="warning">现在的学籍中没有该考生。</Told>;
  return (
    <section aria-label="现在的学籍">
      <h3>学籍照片</h3>
      <div className="face">
        <Photo key={recordId} recordId={recordId} />
        <dl className="facts">
          {student
            .filter(([, value]) => value)
            .map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
      </div>
      {recordId ? (
        <Link to={`/admin/resources/student-records/records/${recordId}/show`}>查看学籍</Link>
      ) : null}
    </section>
  );
}

function Photo({ recordId }: { recordId?: string }) {
  const [missing, setMissing] = useState(!recordId);
  return missing ? (
    <div className="photo">没有照片</div>
  ) : (
    <img
      className="photo"
      src={downloadUrl('cet6-queue', 'photo', { recordId: recordId! })}
      alt="学籍照片"
      onError={() => setMissing(true)}
    />
  );
}

function Next({ items, onOpen }: { items: readonly Item[]; onOpen: (reviewId: string) => void }) {
  return (
    <section aria-label="接下来">
      <h3>接下来</h3>
      <ul className="next">
        {items.map((item) => (
          <li key={item.id}>
            <button type="button" className="as-link" onClick={() => onOpen(item.id)}>
              {item.name}
            </button>
            <Standing item={item} />
          </li>
        ))}
      </ul>
    </section>
  );
}
