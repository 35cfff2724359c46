import {
  Box,
  H3,
  H5,
  Link,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Text,
} from '@adminjs/design-system';
import { ApiClient } from 'adminjs';
import { useEffect, useState } from 'react';

type Data = {
  title: string;
  reviewsWaiting: number;
  sitting?: {
    name: string;
    registrations: number;
    paid: number;
    unpaid: number;
    subjects: { name: string; paid: number; unpaid: number }[];
  };
};

const api = new ApiClient();
const count = (value: number) => value.toLocaleString('zh-CN');

function Figure({ label, value, unit, href }: { label: string; value: number; unit: string; href?: string }) {
  return (
    <Box variant="white" p="xl" flexGrow={1} style={{ flexBasis: 200, borderRadius: 8 }}>
      <Text color="grey60">{label}</Text>
      <Box mt="default">
        <span style={{ fontSize: 32, fontWeight: 600, lineHeight: 1.25, fontVariantNumeric: 'tabular-nums' }}>
          {count(value)}
        </span>
        <Text as="span" ml="sm" color="grey60">
          {unit}
        </Text>
      </Box>
      {href ? (
        <Link href={href} style={{ display: 'inline-block', marginTop: 8 }}>
          查看
        </Link>
      ) : null}
    </Box>
  );
}

/** The first page: the current sitting within one's scope. */
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
  if (!data) return null;
  const { sitting } = data;
  return (
    <Box p={['lg', 'xl', 'xxl']}>
      <H3 mb="sm">{sitting ? sitting.name : '当前没有开放报名的考次'}</H3>
      <Text color="grey60" mb="xl">
        {data.title}
      </Text>
      <Box flex flexWrap="wrap" style={{ gap: 16 }}>
        {sitting ? (
          <>
            <Figure
              label="报名人数"
              value={sitting.registrations}
              unit="人"
              href="/admin/resources/registrations"
            />
            <Figure label="已支付科目" value={sitting.paid} unit="科次" />
            <Figure label="未支付科目" value={sitting.unpaid} unit="科次" />
          </>
        ) : null}
        <Figure
          label="CET6资格待复核"
          value={data.reviewsWaiting}
          unit="条"
          href="/admin/resources/cet6-reviews?filters.state=PENDING"
        />
      </Box>
      {sitting ? (
        <Box variant="white" mt="xl" p="xl" style={{ borderRadius: 8 }}>
          <H5 style={{ marginBottom: 16 }}>各科目报考情况</H5>
          <Table>
            <TableHead>
              <TableRow>
                <TableCell>科目</TableCell>
                <TableCell style={{ textAlign: 'right' }}>已支付</TableCell>
                <TableCell style={{ textAlign: 'right' }}>未支付</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {sitting.subjects.length === 0 ? (
                <TableRow>
                  <TableCell colSpan={3}>还没有考生报考。</TableCell>
                </TableRow>
              ) : null}
              {sitting.subjects.map(({ name, paid, unpaid }) => (
                <TableRow key={name}>
                  <TableCell>{name}</TableCell>
                  <TableCell style={{ textAlign: 'right' }}>{count(paid)}</TableCell>
                  <TableCell style={{ textAlign: 'right' }}>{count(unpaid)}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Box>
      ) : null}
    </Box>
  );
}
