import { NumberLink } from './NumberLink';

export type DayOfPayments = {
  label: string;
  date: string;
  orders: number;
  amount: string;
  href: string;
  hours: number[];
};

const COLOURS = ['#a9bfdc', '#1d4f91'];
const WIDTH = 720;
const HEIGHT = 180;
const LEFT = 44;
const BOTTOM = 24;

/** Orders paid in each hour of yesterday and today, as columns side by side; the same numbers as a table below. */
export function PaymentsChart({ days }: { days: readonly DayOfPayments[] }) {
  const top = roundUp(Math.max(1, ...days.flatMap(({ hours }) => hours)));
  const slot = (WIDTH - LEFT) / 24;
  const column = slot / 2 - 3;
  const y = (value: number) => (HEIGHT - BOTTOM) * (1 - value / top) + 8;
  const summary = days.map(({ label, orders, amount }) => `${label}${orders}笔，${amount}`).join('；');
  return (
    <>
      <ul style={{ listStyle: 'none', padding: 0, margin: '0 0 12px', display: 'flex', gap: 32 }}>
        {days.map(({ label, date, orders, amount, href }, i) => (
          <li key={date} style={{ display: 'flex', alignItems: 'baseline', gap: 8 }}>
            <span style={{ width: 12, height: 12, borderRadius: 2, background: COLOURS[i] }} aria-hidden />
            <span style={{ color: '#5b6676' }} title={date}>
              {label}
            </span>
            <strong style={{ fontSize: 18 }}>
              <NumberLink value={orders} href={href} label={`${label}支付订单`} />
            </strong>
            <span>笔，{amount}</span>
          </li>
        ))}
      </ul>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT + 12}`}
        width="100%"
        role="img"
        aria-label={`每小时支付订单：${summary}`}
      >
        <title>{`每小时支付订单：${summary}`}</title>
        {[0, top / 2, top].map((value) => (
          <g key={value}>
            <line x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} stroke="#e3e8ef" />
            <text x={LEFT - 8} y={y(value) + 4} textAnchor="end" fontSize="12" fill="#5b6676">
              {value.toLocaleString('zh-CN')}
            </text>
          </g>
        ))}
        {days.map(({ date, label, hours }, i) =>
          hours.map((value, hour) => (
            <rect
              key={`${date} ${hour}`}
              x={LEFT + hour * slot + 2 + i * (column + 1)}
              width={column}
              y={y(value)}
              height={y(0) - y(value)}
              fill={COLOURS[i]}
            >
              <title>{`${label}${hour}时：${value}笔`}</title>
            </rect>
          )),
        )}
        {[0, 3, 6, 9, 12, 15, 18, 21].map((hour) => (
          <text key={hour} x={LEFT + hour * slot + 2} y={HEIGHT + 8} fontSize="12" fill="#5b6676">
            {hour}时
          </text>
        ))}
      </svg>
      <details style={{ marginTop: 8, fontSize: 13 }}>
        <summary style={{ cursor: 'pointer', color: '#1d4f91' }}>以表格查看</summary>
        <table style={{ marginTop: 8, borderCollapse: 'collapse', fontVariantNumeric: 'tabular-nums' }}>
          <thead>
            <tr>
              <th scope="col" style={{ textAlign: 'left', fontWeight: 400, paddingRight: 24 }}>
                时段
              </th>
              {days.map(({ date, label }) => (
                <th key={date} scope="col" style={{ textAlign: 'right', fontWeight: 400, paddingRight: 24 }}>
                  {label}（笔）
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: 24 }, (_, hour) => `${hour}时`).map((text, hour) => (
              <tr key={text}>
                <th scope="row" style={{ textAlign: 'left', fontWeight: 400 }}>
                  {text}
                </th>
                {days.map(({ date, hours }) => (
                  <td key={date} style={{ textAlign: 'right', paddingRight: 24 }}>
                    {(hours[hour] ?? 0).toLocaleString('zh-CN')}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}

/** The next even number of few digits, so that the axis and its middle read well. */
function roundUp(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)));
  return [2, 4, 6, 8, 10, 20].map((times) => times * unit).find((step) => step >= value) ?? value;
}
