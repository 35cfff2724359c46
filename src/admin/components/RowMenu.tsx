import { Icon } from '@adminjs/design-system';
import { actionHref, type RecordJSON, useTranslation } from 'adminjs';
import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router-dom';
import { seenOf } from './seen';

/** Between the dots and the menu, and as high as one of its lines, in pixels. */
const GAP = 4;
const LINE = 40;

/** Where each key goes from the line it was pressed on, among so many. */
const MOVES: Readonly<Record<string, (at: number, lines: number) => number>> = {
  ArrowDown: (at, lines) => (at + 1) % lines,
  ArrowUp: (at, lines) => (at - 1 + lines) % lines,
  Home: () => 0,
  End: (_at, lines) => lines - 1,
};

/**
 * What may be done to a row, behind three dots: by mouse, by finger, and by keyboard as menus are everywhere. It hangs
 * from the window, because a table that scrolls sideways would cut it off.
 */
export function RowMenu({ resourceId, record }: { resourceId: string; record: RecordJSON }) {
  const { id: recordId, recordActions: actions } = record;
  const [place, setPlace] = useState<CSSProperties>();
  const dots = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const { translateAction } = useTranslation();
  const isOpen = place !== undefined;
  const close = () => setPlace(undefined);

  useEffect(() => {
    if (!isOpen) return;
    menu.current?.querySelector('a')?.focus();
    const elsewhere = (event: Event) => {
      const at = event.target as Node;
      if (!menu.current?.contains(at) && !dots.current?.contains(at)) setPlace(undefined);
    };
    const events = ['pointerdown', 'focusin', 'scroll', 'resize'];
    for (const event of events) window.addEventListener(event, elsewhere, true);
    return () => {
      for (const event of events) window.removeEventListener(event, elsewhere, true);
    };
  }, [isOpen]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const lines = [...menu.current!.querySelectorAll('a')];
    const at = lines.indexOf(document.activeElement as HTMLAnchorElement);
    const move = MOVES[event.key];
    if (move) lines[move(at, lines.length)]?.focus();
    else if (event.key === ' ') lines[at]?.click();
    else if (event.key === 'Escape') {
      close();
      dots.current?.focus();
    } else return;
    event.preventDefault();
  };

  if (actions.length === 0) return null;
  return (
    <>
      <button
        ref={dots}
        type="button"
        className="row-menu-dots"
        aria-label="操作"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => (isOpen ? close() : setPlace(placeBeside(dots.current!, actions.length)))}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setPlace(placeBeside(dots.current!, actions.length));
        }}
      >
        <Icon icon="MoreHorizontal" />
      </button>
      {isOpen ? (
        <div ref={menu} role="menu" tabIndex={-1} className="row-menu" style={place} onKeyDown={onKeyDown}>
          {actions.map((action) => (
            <Link
              key={action.name}
              role="menuitem"
              tabIndex={-1}
              to={actionHref(action, { resourceId, recordId }) ?? ''}
              state={seenOf([record])}
            >
              <Icon icon={action.icon} />
              {translateAction(action.label, resourceId)}
            </Link>
          ))}
        </div>
      ) : null}
    </>
  );
}

/** Below the dots; above them where the window ends sooner than the menu. */
function placeBeside(dots: HTMLElement, lines: number): CSSProperties {
  const { top, bottom, right } = dots.getBoundingClientRect();
  const across = { right: document.documentElement.clientWidth - right };
  const roomBelow = window.innerHeight - bottom > (lines + 1) * LINE;
  return roomBelow || top < window.innerHeight / 2
    ? { ...across, top: bottom + GAP }
    : { ...across, bottom: window.innerHeight - top + GAP };
}
