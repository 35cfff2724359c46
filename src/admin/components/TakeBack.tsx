import { Button } from '@adminjs/design-system';
import { useEffect, useState } from 'react';
import { ActButton } from './ActButton';
import { callTool, sentenceOf } from './panel-api';

/** Something that is done in a while, unless it is taken back. */
export type Pending = {
  readonly said: string;
  readonly tool: string;
  readonly verb: string;
  readonly input: object;
  /** On the page's own clock (`performance.now`). */
  readonly until: number;
};

const SECOND = 1000;

/** What was just decided, how long it can be taken back, and the way to do so. */
export function TakeBack({
  pending,
  onTakenBack,
  onClose,
}: {
  pending: Pending;
  onTakenBack: () => void;
  onClose?: () => void;
}) {
  const secondsLeft = () => Math.max(0, Math.ceil((pending.until - performance.now()) / SECOND));
  const [left, setLeft] = useState(secondsLeft);
  const [refused, setRefused] = useState<string>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    setLeft(secondsLeft());
    setRefused(undefined);
    const timer = setInterval(() => setLeft(secondsLeft()), SECOND / 4);
    return () => clearInterval(timer);
  }, [pending]);

  const takeBack = async () => {
    setBusy(true);
    try {
      await callTool(pending.tool, pending.verb, pending.input);
      onTakenBack();
    } catch (error) {
      setRefused(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="take-back" role="status">
      <span>
        {pending.said}
        {refused ? `。${refused}` : left > 0 ? `，${left} 秒后生效并通知考生` : '，已生效'}
      </span>
      {left > 0 && !refused ? (
        <ActButton about={pending.said} size="sm" disabled={busy} onClick={() => void takeBack()}>
          撤回
        </ActButton>
      ) : onClose ? (
        <Button type="button" size="sm" onClick={onClose}>
          关闭
        </Button>
      ) : null}
      <i style={{ animationDuration: `${Math.max(0, pending.until - performance.now())}ms` }} />
    </div>
  );
}
