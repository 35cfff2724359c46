import { Box, Text } from '@adminjs/design-system';
import { ApiClient } from 'adminjs';
import { type ReactNode, useEffect, useState } from 'react';
import { Card } from './dashboard/Card';
import { type Figure, FigureBars } from './dashboard/FigureBars';
import { NumberLink } from './dashboard/NumberLink';
import { type DayOfPayments, PaymentsChart } from './dashboard/PaymentsChart';
import { type SeatLine, SeatsChart } from './dashboard/SeatsChart';

type Data = {
  title: string;
  asOf: string;
  sitting?: {
    name: string;
    figures: Figure[];
    seats: { by: string; lines: SeatLine[]; of: number };
    subjects: SeatLine[];
  };
  payments: DayOfPayments[];
  reviews: Figure[];
  purges: Figure[];
};

const api = new ApiClient();

/** The first page: how the current sitting stands within one's scope. Every number leads to its rows. */
export default function Dashboard() {
  const [data, setData] = useState<Data>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    api
      .getDashboard<Data>()
      .then((response) => setData(response.data))
      .catch(() => setFailed(true));
  }, []);
  if (failed) return <Box p="xxl">数据加载失败。登录可能已过期，请刷新页面后重试。</Box>;
  if (!data) return <Box p="xxl">正在加载……</Box>;
  const { sitting, payments, reviews, purges } = data;
  return (
    <Box p={['lg', 'xl', 'xxl']}>
      <h2 style={{ margin: '0 0 8px' }}>{sitting ? sitting.name : '当前没有开放报名的考次'}</h2>
      <Text color="grey60" mb="xl">
        {data.title}，数据截至 {data.asOf}
      </Text>
      {sitting ? (
        <>
          <Columns columns="repeat(auto-fit, minmax(180px, 1fr))">
            {sitting.figures.map((figure) => (
              <BigFigure key={figure.label} {...figure} />
            ))}
          </Columns>
          <Columns columns="minmax(0, 3fr) minmax(0, 2fr)">
            <Seats {...sitting.seats} />
            <Card title="各科目考位">
              {sitting.subjects.length === 0 ? (
                <Nothing>还没有开设科目。</Nothing>
              ) : (
                <SeatsChart by="科目" lines={sitting.subjects} />
              )}
            </Card>
          </Columns>
        </>
      ) : null}
      <Columns columns="minmax(0, 3fr) minmax(0, 2fr)">
        <Card title="每小时支付" note="按订单支付成功的时间统计">
          {payments.every(({ orders }) => orders === 0) ? (
            <Nothing>昨日和今日还没有订单支付成功。</Nothing>
          ) : (
            <PaymentsChart days={payments} />
          )}
        </Card>
        <div style={{ display: 'grid', gap: 16, alignContent: 'start' }}>
          <Card title="CET6资格待复核" note="按提交后等待的天数">
            {reviews.every(({ value }) => value === 0) ? (
              <Nothing>没有等待复核的申请。</Nothing>
            ) : (
              <FigureBars figures={reviews} colour="#1d4f91" />
            )}
          </Card>
          <Card title="逾期清理" note="昨日零时至今">
            {purges.every(({ value }) => value === 0) ? (
              <Nothing>没有因逾期而取消的科目或报名信息。</Nothing>
            ) : (
              <FigureBars figures={purges} colour="#c2571a" />
            )}
          </Card>
        </div>
      </Columns>
    </Box>
  );
}

function Seats({ by, lines, of }: { by: string; lines: SeatLine[]; of: number }) {
  const note =
    of > lines.length ? `共${of.toLocaleString('zh-CN')}项，显示最紧张的${lines.length}项` : undefined;
  return (
    <Card title={`各${by}考位`} note={note}>
      {lines.length === 0 ? <Nothing>还没有开设考点科目。</Nothing> : <SeatsChart by={by} lines={lines} />}
    </Card>
  );
}

function BigFigure({ label, value, unit, href }: Figure) {
  return (
    <Box variant="white" p="xl" style={{ borderRadius: 8 }}>
      <Text color="grey60">{label}</Text>
      <Box mt="default">
        <span style={{ fontSize: 32, fontWeight: 600, lineHeight: 1.25 }}>
          <NumberLink value={value} href={href} label={label} />
        </span>
        <Text as="span" ml="sm" color="grey60">
          {unit}
        </Text>
      </Box>
    </Box>
  );
}

/** Cards beside each other where there is room; `columns` says how wide each is. */
function Columns({ columns, children }: { columns: string; children: ReactNode }) {
  return (
    <div
      style={{
        display: 'grid',
        gap: 16,
        marginBottom: 16,
        gridTemplateColumns: columns,
        alignItems: 'start',
      }}
    >
      {children}
    </div>
  );
}

function Nothing({ children }: { children: ReactNode }) {
  return <p style={{ margin: 0, color: '#5b6676' }}>{children}</p>;
}
