import {
  Box,
  Button,
  FormGroup,
  Label,
  Loader,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Text,
  TextArea,
} from '@adminjs/design-system';
import { type ChangeEvent, useEffect, useState } from 'react';
import { Link } from 'react-router-dom';
import { callTool, sentenceOf } from './panel-api';
import { Told } from './Told';
import { ToolPage } from './ToolPage';

type Piece = { text: string; same: boolean };
type Line = {
  label: string;
  said: readonly Piece[];
  record: readonly Piece[];
  roster: string | null;
  differs: boolean;
};
type Comparison = {
  id: string;
  state: 'PENDING' | 'APPROVED' | 'REJECTED';
  school: string;
  submissions: number;
  submittedAt: string;
  decidedAt: string | null;
  reason: string | null;
  recordId?: string;
  mayDecide: boolean;
  notClean?: string;
  lines: readonly Line[];
  student: readonly [string, string | null][] | null;
};

const STATES = { PENDING: '未复核', APPROVED: '通过', REJECTED: '未通过' };

/** What is said most often; the reader may add to it. */
const USUAL_REASONS = [
  '证件号码与四级成绩记录不一致，请携带两次使用的证件原件到学校办理',
  '未提供四级成绩单或准考证原件',
  '四级成绩记录不是本人',
  '准考证号填写有误，请核对后重新提交',
];

/** One review: what the candidate says, what the CET4 record says, what the roster says, differences marked; the decision. */
export function Cet6Comparison({
  reviewId,
  onDecided,
  onBack,
}: {
  reviewId: string;
  onDecided: (sentence: string) => Promise<void>;
  onBack: () => void;
}) {
  const [shown, setShown] = useState<Comparison>();
  const [rejecting, setRejecting] = useState(false);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();

  useEffect(() => {
    setShown(undefined);
    setRejecting(false);
    setReason('');
    setRefused(undefined);
    callTool<Comparison>('cet6-queue', 'compare', { reviewId }).then(setShown, (error) =>
      setRefused(sentenceOf(error)),
    );
  }, [reviewId]);

  const decide = async (decision: 'APPROVE' | 'REJECT') => {
    setBusy(true);
    setRefused(undefined);
    try {
      const text = reason.trim();
      const because = decision === 'REJECT' && text ? { reason: text } : {};
      await callTool('cet6-queue', 'decide', { reviewId, decision, ...because });
      await onDecided(decision === 'APPROVE' ? '已通过，考生已收到通知' : '已退回，考生已收到通知');
    } catch (error) {
      setRefused(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <ToolPage title="CET6资格复核">
      <Box mb="lg">
        <Button type="button" size="sm" onClick={onBack}>
          返回列表
        </Button>
      </Box>
      {refused ? <Told as="refused">{refused}</Told> : null}
      {shown ? (
        <Box variant="white" p="xl" style={{ borderRadius: 8 }}>
          <Facts shown={shown} />
          <Lines lines={shown.lines} />
          <Student shown={shown} />
          {shown.notClean ? (
            <Told as="warning">{shown.notClean}</Told>
          ) : (
            <Told as="done">姓名一致，证件号码属于已知的新旧号码对应关系。</Told>
          )}
          {shown.mayDecide && !rejecting ? (
            <Box flex style={{ gap: 12 }}>
              <Button
                type="button"
                variant="contained"
                disabled={busy}
                onClick={() => void decide('APPROVE')}
              >
                {busy ? '正在处理……' : '通过'}
              </Button>
              <Button type="button" variant="outlined" disabled={busy} onClick={() => setRejecting(true)}>
                不通过
              </Button>
            </Box>
          ) : null}
          {shown.mayDecide && rejecting ? (
            <Rejection
              reason={reason}
              busy={busy}
              onReason={setReason}
              onReject={() => void decide('REJECT')}
              onCancel={() => setRejecting(false)}
            />
          ) : null}
        </Box>
      ) : refused ? null : (
        <Loader />
      )}
    </ToolPage>
  );
}

function Facts({ shown }: { shown: Comparison }) {
  const facts: readonly [string, string][] = [
    ['状态', STATES[shown.state]],
    ['学校', shown.school],
    ['提交时间', shown.submittedAt],
    ['提交次数', `${shown.submissions} 次`],
    ...(shown.decidedAt ? ([['复核时间', shown.decidedAt]] as [string, string][]) : []),
    ...(shown.reason ? ([['未通过原因', shown.reason]] as [string, string][]) : []),
  ];
  return (
    <Box
      mb="xl"
      style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))', gap: 16 }}
    >
      {facts.map(([label, value]) => (
        <Box key={label}>
          <Text color="grey60">{label}</Text>
          <Text>{value}</Text>
        </Box>
      ))}
    </Box>
  );
}

function Lines({ lines }: { lines: readonly Line[] }) {
  return (
    <Box mb="xl" style={{ overflowX: 'auto' }}>
      <Table>
        <TableHead>
          <TableRow>
            <TableCell style={{ width: '14%' }} />
            <TableCell style={{ width: '30%' }}>考生申请</TableCell>
            <TableCell style={{ width: '30%' }}>四级成绩记录</TableCell>
            <TableCell>现在的学籍</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {lines.map(({ label, said, record, roster, differs }) => (
            <TableRow key={label} style={differs ? { background: '#fffaf0' } : undefined}>
              <TableCell>
                <Text color="grey60">{label}</Text>
              </TableCell>
              <TableCell>
                <Pieces pieces={said} marks={differs} />
              </TableCell>
              <TableCell>
                <Pieces pieces={record} marks={differs} />
              </TableCell>
              <TableCell>{roster ?? '—'}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

/** A text with what the other side does not have underlaid. */
function Pieces({ pieces, marks }: { pieces: readonly Piece[]; marks: boolean }) {
  if (pieces.length === 0) return <>—</>;
  return (
    <span style={{ fontVariantNumeric: 'tabular-nums', letterSpacing: 0.5, fontSize: 15 }}>
      {pieces.map(({ text, same }, i) =>
        same || !marks ? (
          <span key={i}>{text}</span>
        ) : (
          <mark
            key={i}
            style={{ background: '#fbd5d0', color: '#8a1f17', borderRadius: 2, padding: '0 1px' }}
          >
            {text}
          </mark>
        ),
      )}
    </span>
  );
}

function Student({ shown: { student, recordId } }: { shown: Comparison }) {
  if (!student) return <Told as="warning">现在的学籍中没有该考生。</Told>;
  return (
    <Box mb="lg" color="grey60">
      {student
        .filter(([, value]) => value)
        .map(([label, value]) => `${label}：${value}`)
        .join('　')}
      {recordId ? (
        <Link
          to={`/admin/resources/student-records/records/${recordId}/show`}
          style={{ marginLeft: 16, color: '#1d4f91', textDecoration: 'none' }}
        >
          查看学籍和照片
        </Link>
      ) : null}
    </Box>
  );
}

function Rejection({
  reason,
  busy,
  onReason,
  onReject,
  onCancel,
}: {
  reason: string;
  busy: boolean;
  onReason: (reason: string) => void;
  onReject: () => void;
  onCancel: () => void;
}) {
  return (
    <Box p="lg" style={{ background: '#f4f6f9', borderRadius: 6 }}>
      <Text mb="default">常用原因</Text>
      <Box flex flexWrap="wrap" mb="lg" style={{ gap: 8 }}>
        {USUAL_REASONS.map((usual) => (
          <Button key={usual} type="button" size="sm" variant="outlined" onClick={() => onReason(usual)}>
            {usual}
          </Button>
        ))}
      </Box>
      <FormGroup>
        <Label htmlFor="rejection-reason" required>
          不通过的原因（考生会看到）
        </Label>
        <TextArea
          id="rejection-reason"
          rows={3}
          maxLength={300}
          width={1}
          value={reason}
          onChange={(event: ChangeEvent<HTMLTextAreaElement>) => onReason(event.target.value)}
        />
      </FormGroup>
      <Box flex style={{ gap: 12 }}>
        <Button type="button" variant="danger" disabled={busy || reason.trim() === ''} onClick={onReject}>
          {busy ? '正在处理……' : '确定不通过'}
        </Button>
        <Button type="button" variant="text" disabled={busy} onClick={onCancel}>
          取消
        </Button>
      </Box>
    </Box>
  );
}
