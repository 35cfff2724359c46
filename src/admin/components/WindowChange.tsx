import {
  Box,
  CheckBox,
  H5,
  Input,
  Label,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
} from '@adminjs/design-system';
import { useNotice } from 'adminjs';
import { useEffect, useState } from 'react';
import { ActButton } from './ActButton';
import { callTool, sentenceOf } from './panel-api';
import { Told } from './Told';
import { KINDS, type Kind, TOOL } from './windows';

type Affected = { registrations: number; unpaid: number; waiting: number; seatsForTheQueue: number };
type Planned = Affected & {
  campusCode: string;
  place: string;
  kind: Kind;
  before: string;
  after: string;
  stops: boolean;
  opens: boolean;
  refused?: string;
};
type Preview = { refused?: string; version: string; windows: readonly Planned[] };
type Applied = { changed: number; opened: number; stopped: number };

const LINES_SHOWN = 100;
const NAMES = Object.fromEntries(KINDS) as Record<Kind, string>;

/** New times for the chosen campuses: typed in, looked at, then applied. */
export function WindowChange({
  sittingId,
  campusCodes,
  onDone,
}: {
  sittingId: string;
  campusCodes: readonly string[];
  onDone: () => void;
}) {
  const [kinds, setKinds] = useState<readonly Kind[]>(['WRITTEN', 'ORAL']);
  const [opensAt, setOpensAt] = useState('');
  const [closesAt, setClosesAt] = useState('');
  const [closeNow, setCloseNow] = useState(false);
  const [preview, setPreview] = useState<Preview>();
  const [confirmed, setConfirmed] = useState(false);
  const [refused, setRefused] = useState<string>();
  const [busy, setBusy] = useState(false);
  const addNotice = useNotice();

  const asked = JSON.stringify({ sittingId, campusCodes, kinds, opensAt, closesAt, closeNow });
  // what was looked at is what is applied: any change asks for another look
  useEffect(() => {
    setPreview(undefined);
    setConfirmed(false);
    setRefused(undefined);
  }, [asked]);

  const input = {
    sittingId,
    campusCodes,
    kinds,
    ...(opensAt ? { opensAt } : {}),
    ...(closeNow ? { closeNow } : closesAt ? { closesAt } : {}),
  };
  const call = async (work: () => Promise<void>) => {
    setBusy(true);
    setRefused(undefined);
    try {
      await work();
    } catch (error) {
      setRefused(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  const look = () => call(async () => setPreview(await callTool<Preview>(TOOL, 'preview', input)));
  const apply = () =>
    call(async () => {
      const { changed, opened, stopped } = await callTool<Applied>(TOOL, 'apply', {
        ...input,
        version: preview?.version,
        stoppingConfirmed: confirmed,
      });
      addNotice({
        message: `已修改 ${changed} 项报名时间，其中立即开放 ${opened} 项，停止报名 ${stopped} 项`,
        type: 'success',
      });
      onDone();
    });
  const ready = kinds.length > 0 && (opensAt !== '' || closesAt !== '' || closeNow);
  return (
    <Box variant="white" mt="lg" p="xl" style={{ borderRadius: 8 }}>
      <H5 mb="lg">修改所选 {campusCodes.length} 个校区的报名时间</H5>
      <Box flex flexWrap="wrap" alignItems="flex-end" mb="lg" style={{ gap: 24 }}>
        <Box>
          <Label>类别</Label>
          <Box flex style={{ gap: 16, height: 36, alignItems: 'center' }}>
            {KINDS.map(([kind, name]) => (
              <Tick
                key={kind}
                id={`kind-${kind}`}
                label={name}
                checked={kinds.includes(kind)}
                onChange={(on) => setKinds(on ? [...kinds, kind] : kinds.filter((one) => one !== kind))}
              />
            ))}
          </Box>
        </Box>
        <Time id="opensAt" label="开始时间" value={opensAt} onChange={setOpensAt} />
        <Time id="closesAt" label="结束时间" value={closesAt} disabled={closeNow} onChange={setClosesAt} />
        <Box flex style={{ height: 36, alignItems: 'center' }}>
          <Tick id="closeNow" label="立即截止正在进行的报名" checked={closeNow} onChange={setCloseNow} />
        </Box>
        <ActButton variant="contained" disabled={!ready || busy} onClick={() => void look()}>
          {busy && !preview ? '正在计算……' : '预览影响'}
        </ActButton>
      </Box>
      <Box mb="lg" color="grey60" style={{ fontSize: 13 }}>
        时间留空表示保持不变。口试报名不能早于笔试报名开始，报名应在考试开始和缴费截止之前结束。
      </Box>
      {refused ? <Told as="refused">{refused}</Told> : null}
      {preview ? (
        <Looked
          preview={preview}
          confirmed={confirmed}
          busy={busy}
          onConfirm={setConfirmed}
          onApply={apply}
        />
      ) : null}
    </Box>
  );
}

function Looked({
  preview: { refused, version, windows },
  confirmed,
  busy,
  onConfirm,
  onApply,
}: {
  preview: Preview;
  confirmed: boolean;
  busy: boolean;
  onConfirm: (confirmed: boolean) => void;
  onApply: () => Promise<void>;
}) {
  const faulty = windows.filter((planned) => planned.refused);
  const stopping = windows.filter(({ stops }) => stops);
  const stranded = total(stopping, 'unpaid') + total(stopping, 'waiting');
  if (windows.length === 0)
    return <Told as="note">所选校区的报名时间与填写的一致，没有需要修改的内容。</Told>;
  const lines = [...faulty, ...windows.filter((planned) => !planned.refused)];
  return (
    <>
      {refused ? <Told as="refused">{refused}</Told> : null}
      {faulty.length > 0 ? (
        <Told as="refused">有 {faulty.length} 项不能这样修改，原因见下表。全部可行后才能提交。</Told>
      ) : null}
      <Told as={stranded > 0 ? 'warning' : 'note'}>
        {`将修改 ${windows.length} 项报名时间：${windows.filter(({ opens }) => opens).length} 项立即开放，${stopping.length} 项停止报名。` +
          (stranded > 0
            ? `\n停止报名的校区有 ${total(stopping, 'waiting')} 条候补将结束，${total(stopping, 'unpaid')} 个未支付科目逾期后不能再报。`
            : '')}
      </Told>
      <Table style={{ marginBottom: 16 }}>
        <TableHead>
          <TableRow>
            {['校区', '类别', '原报名时间', '新报名时间', '报名人数', '未支付', '候补', '说明'].map(
              (name) => (
                <TableCell key={name} style={{ whiteSpace: 'nowrap' }}>
                  {name}
                </TableCell>
              ),
            )}
          </TableRow>
        </TableHead>
        <TableBody>
          {lines.slice(0, LINES_SHOWN).map((planned) => (
            <TableRow key={`${planned.campusCode} ${planned.kind}`}>
              <TableCell>{planned.place}</TableCell>
              <TableCell style={{ whiteSpace: 'nowrap' }}>{NAMES[planned.kind]}</TableCell>
              <TableCell>{planned.before}</TableCell>
              <TableCell>{planned.after}</TableCell>
              <TableCell>{planned.registrations}</TableCell>
              <TableCell>{planned.unpaid}</TableCell>
              <TableCell>{planned.waiting}</TableCell>
              <TableCell style={planned.refused ? { color: '#8a1f17' } : undefined}>
                {noteOf(planned)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {lines.length > LINES_SHOWN ? (
        <Box mb="lg" color="grey60">
          另有 {lines.length - LINES_SHOWN} 项未列出。
        </Box>
      ) : null}
      {stranded > 0 ? (
        <Box mb="lg">
          <Tick
            id="confirmed"
            label="我已核对受影响的考生，确认提前停止报名"
            checked={confirmed}
            onChange={onConfirm}
          />
        </Box>
      ) : null}
      <ActButton
        about={version}
        variant={stranded > 0 ? 'danger' : 'contained'}
        disabled={busy || refused !== undefined || faulty.length > 0 || (stranded > 0 && !confirmed)}
        onClick={() => void onApply()}
      >
        {busy ? '正在修改……' : '确认修改'}
      </ActButton>
    </>
  );
}

function noteOf({ refused, opens, stops, seatsForTheQueue }: Planned): string {
  if (refused) return refused;
  if (stops) return '停止报名';
  if (!opens) return '—';
  return seatsForTheQueue > 0 ? `立即开放，${seatsForTheQueue} 个考位分配给候补考生` : '立即开放';
}

function total(windows: readonly Planned[], name: keyof Affected): number {
  return windows.reduce((sum, planned) => sum + planned[name], 0);
}

function Tick({
  id,
  label,
  checked,
  onChange,
}: {
  id: string;
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <Box flex alignItems="center">
      <CheckBox id={id} checked={checked} onChange={() => onChange(!checked)} />
      <Label inline htmlFor={id} ml="default" mb="0">
        {label}
      </Label>
    </Box>
  );
}

function Time({
  id,
  label,
  value,
  disabled,
  onChange,
}: {
  id: string;
  label: string;
  value: string;
  disabled?: boolean;
  onChange: (value: string) => void;
}) {
  return (
    <Box>
      <Label htmlFor={id}>{label}</Label>
      <Input
        id={id}
        type="datetime-local"
        width="220px"
        value={value}
        disabled={disabled}
        onChange={(event: { target: { value: string } }) => onChange(event.target.value)}
      />
    </Box>
  );
}
