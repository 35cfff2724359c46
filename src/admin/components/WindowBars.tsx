import { Box, CheckBox, Text } from '@adminjs/design-system';
import { type Campus, KINDS, type Kind, type Window } from './windows';

const DAY = 86_400_000;
/** Asia/Shanghai is eight hours ahead, all the year. */
const SHANGHAI = 8 * 3_600_000;
const COLOURS: Record<Kind, { open: string; shut: string }> = {
  WRITTEN: { open: '#2f6fb5', shut: '#a9c2de' },
  ORAL: { open: '#1f8a70', shut: '#a3cfc4' },
};
const COLUMNS = { name: 210, kind: 44, times: 220 };
const MOST_DAYS_NAMED = 6;

type Scale = { from: number; days: number };

/** The campuses down, the days across; a bar for each kind, dark while it is open. */
export function WindowBars({
  campuses,
  now,
  chosen,
  onToggle,
}: {
  campuses: readonly Campus[];
  now: string;
  chosen?: ReadonlySet<string>;
  onToggle: (code: string) => void;
}) {
  if (campuses.length === 0) return <Text color="grey60">没有符合条件的校区。</Text>;
  const moment = Date.parse(now);
  const scale = scaleOf(campuses, moment);
  return (
    <div style={{ overflowX: 'auto' }}>
      <div style={{ minWidth: 820 }}>
        <Heading scale={scale} ticks={chosen !== undefined} />
        {campuses.map((campus) => (
          <div
            key={campus.code}
            style={{
              display: 'flex',
              alignItems: 'center',
              padding: '8px 0',
              borderTop: '1px solid #e8ecf2',
              background: chosen?.has(campus.code) ? '#f1f6fc' : undefined,
            }}
          >
            {chosen ? (
              <div style={{ width: 36, flexShrink: 0, paddingLeft: 8 }}>
                <CheckBox
                  id={`campus-${campus.code}`}
                  checked={chosen.has(campus.code)}
                  onChange={() => onToggle(campus.code)}
                />
              </div>
            ) : null}
            <label
              htmlFor={`campus-${campus.code}`}
              style={{ width: COLUMNS.name, flexShrink: 0, paddingRight: 12, lineHeight: 1.4 }}
            >
              <div style={{ fontWeight: 600 }}>{campus.schoolName}</div>
              <div style={{ color: '#68758a', fontSize: 13 }}>
                {campus.name} {campus.code}
              </div>
            </label>
            <div style={{ flex: 1, minWidth: 0 }}>
              {KINDS.map(([kind, label]) => (
                <Line
                  key={kind}
                  kind={kind}
                  label={label}
                  window={campus.windows[kind]}
                  scale={scale}
                  now={moment}
                />
              ))}
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}

function Line({
  kind,
  label,
  window,
  scale,
  now,
}: {
  kind: Kind;
  label: string;
  window?: Window;
  scale: Scale;
  now: number;
}) {
  const [opens, closes] = [Date.parse(window?.opensAt ?? ''), Date.parse(window?.closesAt ?? '')];
  const isSet = !Number.isNaN(opens) && !Number.isNaN(closes);
  const isOpen = isSet && opens <= now && now < closes;
  const [left, right] = [placeOf(opens, scale), placeOf(closes, scale)];
  return (
    <div style={{ display: 'flex', alignItems: 'center', height: 26, fontSize: 13 }}>
      <div style={{ width: COLUMNS.kind, flexShrink: 0, color: '#45536b' }}>{label}</div>
      <div style={{ position: 'relative', flex: 1, height: 18, background: '#f3f5f8', borderRadius: 3 }}>
        {isSet ? (
          <div
            title={`${label} ${textOf(opens)} 至 ${textOf(closes)}，考位 ${window!.taken}/${window!.capacity}，候补 ${window!.waiting}`}
            style={{
              position: 'absolute',
              left: `${left}%`,
              width: `${Math.max(right - left, 0.8)}%`,
              top: 2,
              bottom: 2,
              borderRadius: 3,
              background: isOpen ? COLOURS[kind].open : COLOURS[kind].shut,
            }}
          />
        ) : null}
        <div
          style={{
            position: 'absolute',
            left: `${placeOf(now, scale)}%`,
            top: 0,
            bottom: 0,
            width: 2,
            background: '#d4543c',
          }}
        />
      </div>
      <div
        style={{
          width: COLUMNS.times,
          flexShrink: 0,
          paddingLeft: 12,
          whiteSpace: 'nowrap',
          fontVariantNumeric: 'tabular-nums',
          color: isOpen ? '#1b2433' : '#68758a',
        }}
      >
        {window ? (isSet ? `${textOf(opens)} 至 ${textOf(closes)}` : '未设置') : '未开考'}
        {window?.mixed ? '（各科目不同）' : ''}
      </div>
    </div>
  );
}

function Heading({ scale, ticks }: { scale: Scale; ticks: boolean }) {
  const every = Math.ceil(scale.days / MOST_DAYS_NAMED);
  const days = Array.from({ length: Math.ceil(scale.days / every) }, (_, i) => i * every);
  return (
    <Box flex style={{ height: 26, fontSize: 13, color: '#68758a' }}>
      <div
        style={{
          width: COLUMNS.name + COLUMNS.kind + (ticks ? 36 : 0),
          flexShrink: 0,
          paddingLeft: ticks ? 36 : 0,
        }}
      >
        学校、校区
      </div>
      <div style={{ position: 'relative', flex: 1 }}>
        {days.map((day) => (
          <span
            key={day}
            style={{ position: 'absolute', left: `${(day / scale.days) * 100}%`, whiteSpace: 'nowrap' }}
          >
            {dayText(scale.from + day * DAY)}
          </span>
        ))}
      </div>
      <div style={{ width: COLUMNS.times, flexShrink: 0, paddingLeft: 12 }}>报名时间（红线为现在）</div>
    </Box>
  );
}

/** From the day of the first opening to the day after the last closing, today among them; at most four months. */
function scaleOf(campuses: readonly Campus[], now: number): Scale {
  const moments = campuses
    .flatMap(({ windows }) => Object.values(windows))
    .flatMap(({ opensAt, closesAt }) => [Date.parse(opensAt ?? ''), Date.parse(closesAt ?? '')])
    .filter((moment) => !Number.isNaN(moment) && Math.abs(moment - now) < 60 * DAY);
  const from = midnight(Math.min(now, ...moments) - DAY);
  const to = midnight(Math.max(now, ...moments) + 2 * DAY);
  return { from, days: Math.max(14, Math.round((to - from) / DAY)) };
}

function midnight(moment: number): number {
  return Math.floor((moment + SHANGHAI) / DAY) * DAY - SHANGHAI;
}

function placeOf(moment: number, { from, days }: Scale): number {
  return Math.min(100, Math.max(0, ((moment - from) / (days * DAY)) * 100));
}

/** `11-21 09:00`, of Shanghai. */
function textOf(moment: number): string {
  return new Date(moment + SHANGHAI).toISOString().slice(5, 16).replace('T', ' ');
}

/** `11-21` */
function dayText(moment: number): string {
  return textOf(moment).slice(0, 5);
}
