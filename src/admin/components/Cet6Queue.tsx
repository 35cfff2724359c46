import {
  Box,
  Button,
  CheckBox,
  Loader,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Text,
} from '@adminjs/design-system';
import { useCallback, useEffect, useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { ActButton } from './ActButton';
import { Cet6Comparison } from './Cet6Comparison';
import { type Item, Standing } from './Cet6Item';
import { callTool, sentenceOf } from './panel-api';
import { type Pending, TakeBack } from './TakeBack';
import { Told } from './Told';
import { ToolPage } from './ToolPage';

const TOOL = 'cet6-queue';
/** As the server has it: until then a decision is not made. */
const TIME_TO_TAKE_BACK_MS = 10_000;
const STATES = [
  ['PENDING', '未复核'],
  ['APPROVED', '通过'],
  ['REJECTED', '未通过'],
] as const;
const AGES = [
  ['', '全部'],
  ['1', '一天以上'],
  ['3', '三天以上'],
  ['7', '七天以上'],
] as const;

type Queue = { total: number; perPage: number; mayDecide: boolean; items: readonly Item[] };
type Approved = {
  approved: readonly string[];
  leftOut: readonly { reviewId: string; name: string; why: string }[];
};

/** What was just decided: of one review, which then can be gone back to, or of many. */
type Decided = Pending & { reviewIds: readonly string[] };

/** The queue of reviews, and one of them side by side with its CET4 record; what is asked for stands in the address. */
export default function Cet6Queue() {
  const [asked, setAsked] = useSearchParams();
  const state = asked.get('state') ?? 'PENDING';
  const age = asked.get('age') ?? '';
  const page = Number(asked.get('page') ?? 1);
  const open = asked.get('review');
  const [queue, setQueue] = useState<Queue>();
  const [refused, setRefused] = useState<string>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [leftOut, setLeftOut] = useState<Approved['leftOut']>([]);
  const [busy, setBusy] = useState(false);
  const [decided, setDecided] = useState<Decided>();

  const load = useCallback(
    () =>
      callTool<Queue>(TOOL, 'list', { state, page, ...(age ? { olderThanDays: Number(age) } : {}) }).then(
        (answer) => {
          setQueue(answer);
          setChosen(new Set());
          return answer;
        },
        (error) => {
          setRefused(sentenceOf(error));
          return undefined;
        },
      ),
    [state, age, page],
  );
  useEffect(() => {
    void load();
  }, [load]);

  const ask = (changes: Record<string, string>) => {
    const next = new URLSearchParams(asked);
    for (const [name, value] of Object.entries(changes)) value ? next.set(name, value) : next.delete(name);
    setAsked(next);
    setLeftOut([]);
  };
  const note = (said: string, reviewIds: readonly string[]) =>
    setDecided({
      said,
      reviewIds,
      tool: TOOL,
      verb: 'takeBack',
      input: { reviewIds },
      until: performance.now() + TIME_TO_TAKE_BACK_MS,
    });
  /** On to whoever waits longest now. */
  const onDecided = async (said: string, reviewId: string) => {
    note(said, [reviewId]);
    const { items = [] } = (await load()) ?? {};
    ask({ review: items.find(({ id, given }) => id !== reviewId && !given)?.id ?? '' });
  };
  /** Back to it, as if nothing had been. */
  const onTakenBack = async () => {
    const [reviewId, ...others] = decided?.reviewIds ?? [];
    setDecided(undefined);
    await load();
    if (reviewId && others.length === 0) ask({ review: reviewId });
  };
  const approveClean = async () => {
    setBusy(true);
    setRefused(undefined);
    const items = (queue?.items ?? []).filter(({ id }) => chosen.has(id));
    try {
      const answer = await callTool<Approved>(TOOL, 'approveClean', {
        reviewIds: items.map(({ id }) => id),
        versions: items.map(({ version }) => version),
      });
      setLeftOut(answer.leftOut);
      if (answer.approved.length > 0) note(`已通过 ${answer.approved.length} 人`, answer.approved);
      await load();
    } catch (error) {
      await load();
      setRefused(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };

  const takeBack = decided ? (
    <TakeBack
      pending={decided}
      onTakenBack={() => void onTakenBack()}
      onClose={() => setDecided(undefined)}
    />
  ) : null;
  if (open)
    return (
      <Cet6Comparison
        reviewId={open}
        items={queue?.items ?? []}
        takeBack={takeBack}
        onDecided={onDecided}
        onOpen={(review) => ask({ review })}
      />
    );
  const clean = (queue?.items ?? []).filter(({ notClean, given }) => !notClean && !given);
  const mayDecide = queue?.mayDecide === true && state === 'PENDING';
  return (
    <ToolPage
      title="CET6资格复核"
      text="准考证号和姓名与英语四级成绩一致、证件号码不一致的申请，由学校核对原件后决定。等待时间长的在前。"
    >
      <Box variant="white" p="xl" style={{ borderRadius: 8 }}>
        <Box flex alignItems="center" flexWrap="wrap" mb="lg" style={{ gap: '12px 24px' }}>
          <Choices
            label="状态"
            all={STATES}
            chosen={state}
            onChoose={(value) => ask({ state: value, page: '' })}
          />
          <Choices
            label="提交于"
            all={AGES}
            chosen={age}
            onChoose={(value) => ask({ age: value, page: '' })}
          />
          <Box flex flexWrap="wrap" style={{ marginLeft: 'auto', gap: 20 }}>
            {queue?.mayDecide ? (
              <Link to="/admin/resources/cet6-reviews/actions/addByHand" style={LINK}>
                手工添加六级资格
              </Link>
            ) : null}
            <Link to="/admin/resources/cet6-reviews" style={LINK}>
              查询全部记录
            </Link>
          </Box>
        </Box>
        {refused ? <Told as="refused">{refused}</Told> : null}
        {leftOut.length > 0 ? <LeftOut all={leftOut} /> : null}
        {mayDecide && clean.length > 0 ? (
          <Box flex alignItems="center" flexWrap="wrap" mb="lg" style={{ gap: 12 }}>
            <Button type="button" size="sm" onClick={() => setChosen(new Set(clean.map(({ id }) => id)))}>
              选中本页无异议的 {clean.length} 条
            </Button>
            <ActButton
              about={[...chosen].join()}
              size="sm"
              variant="contained"
              disabled={busy || chosen.size === 0}
              onClick={() => void approveClean()}
            >
              {busy ? '正在处理……' : `批量通过所选 ${chosen.size} 条`}
            </ActButton>
          </Box>
        ) : null}
        {queue ? (
          <Items
            items={queue.items}
            chosen={chosen}
            mayChoose={mayDecide}
            onChoose={(id) => setChosen(toggled(chosen, id))}
            onOpen={(id) => ask({ review: id })}
          />
        ) : (
          <Loader />
        )}
        {queue && queue.total > queue.perPage ? (
          <Pages
            page={page}
            pages={Math.ceil(queue.total / queue.perPage)}
            onGo={(to) => ask({ page: String(to) })}
          />
        ) : null}
      </Box>
      {takeBack ? <div className="decide">{takeBack}</div> : null}
    </ToolPage>
  );
}

function toggled(chosen: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}

function Choices({
  label,
  all,
  chosen,
  onChoose,
}: {
  label: string;
  all: readonly (readonly [string, string])[];
  chosen: string;
  onChoose: (value: string) => void;
}) {
  return (
    <Box flex flexWrap="wrap" alignItems="center" role="group" aria-label={label} style={{ gap: 6 }}>
      <Text color="grey60" mr="sm">
        {label}
      </Text>
      {all.map(([value, name]) => (
        <Button
          key={value}
          type="button"
          size="sm"
          variant="outlined"
          className={value === chosen ? 'choice choice--on' : 'choice'}
          aria-pressed={value === chosen}
          onClick={() => onChoose(value)}
        >
          {name}
        </Button>
      ))}
    </Box>
  );
}

function LeftOut({ all }: { all: Approved['leftOut'] }) {
  return (
    <Told as="warning">
      {[`以下 ${all.length} 条没有处理，请逐条复核：`, ...all.map(({ name, why }) => `${name}：${why}`)].join(
        '\n',
      )}
    </Told>
  );
}

function Items({
  items,
  chosen,
  mayChoose,
  onChoose,
  onOpen,
}: {
  items: readonly Item[];
  chosen: ReadonlySet<string>;
  mayChoose: boolean;
  onChoose: (id: string) => void;
  onOpen: (id: string) => void;
}) {
  if (items.length === 0) return <Told as="note">没有符合条件的申请。</Told>;
  return (
    <Box style={{ overflowX: 'auto' }}>
      <Table>
        <TableHead>
          <TableRow>
            {mayChoose ? <TableCell style={{ ...CELL, width: 40 }} /> : null}
            <TableCell style={CELL}>姓名</TableCell>
            <TableCell style={CELL}>证件号码</TableCell>
            <TableCell style={CELL}>四级准考证号</TableCell>
            <TableCell style={CELL}>提交时间</TableCell>
            <TableCell style={CELL}>已等待</TableCell>
            <TableCell style={CELL}>提交次数</TableCell>
            <TableCell style={CELL}>比对</TableCell>
            <TableCell style={CELL} />
          </TableRow>
        </TableHead>
        <TableBody>
          {items.map((item) => (
            <TableRow key={item.id}>
              {mayChoose ? (
                <TableCell style={CELL}>
                  {item.given ? null : (
                    <CheckBox
                      id={`choose-${item.id}`}
                      aria-label={`选择${item.name}`}
                      checked={chosen.has(item.id)}
                      onChange={() => onChoose(item.id)}
                    />
                  )}
                </TableCell>
              ) : null}
              <TableCell style={{ ...CELL, minWidth: '5em' }}>{item.name}</TableCell>
              <TableCell style={{ ...CELL, ...NUMBERS }}>{item.documentNumber}</TableCell>
              <TableCell style={{ ...CELL, ...NUMBERS }}>{item.ticketNumber}</TableCell>
              <TableCell style={{ ...CELL, ...NUMBERS }}>{item.submittedAt}</TableCell>
              <TableCell style={{ ...CELL, ...NUMBERS }}>
                {item.waitingDays > 0 ? `${item.waitingDays} 天` : '不到 1 天'}
              </TableCell>
              <TableCell style={item.submissions > 1 ? { ...CELL, color: '#8a1f17', fontWeight: 600 } : CELL}>
                {item.submissions}
              </TableCell>
              <TableCell style={{ ...CELL, whiteSpace: 'nowrap' }}>
                <Standing item={item} />
              </TableCell>
              <TableCell style={CELL}>
                <Button
                  type="button"
                  size="sm"
                  style={{ whiteSpace: 'nowrap' }}
                  onClick={() => onOpen(item.id)}
                >
                  查看
                </Button>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

const LINK = { color: '#1d4f91', textDecoration: 'none', whiteSpace: 'nowrap' } as const;
/** Closer than AdminJS has it, so that a line stands on a small screen. */
const CELL = { padding: '10px' } as const;
const NUMBERS = { whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' } as const;

function Pages({ page, pages, onGo }: { page: number; pages: number; onGo: (page: number) => void }) {
  return (
    <Box flex alignItems="center" mt="lg" style={{ gap: 12 }}>
      <Button type="button" size="sm" disabled={page <= 1} onClick={() => onGo(page - 1)}>
        上一页
      </Button>
      <Text>
        第 {page} 页，共 {pages} 页
      </Text>
      <Button type="button" size="sm" disabled={page >= pages} onClick={() => onGo(page + 1)}>
        下一页
      </Button>
    </Box>
  );
}
