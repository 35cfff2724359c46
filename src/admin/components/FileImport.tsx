import {
  Box,
  Button,
  Loader,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Text,
} from '@adminjs/design-system';
import { useEffect, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { BYTE_ORDER_MARK, csvLine } from '../panel/csv';
import type { CheckedFile, ImportAbout } from '../tools/file-import';
import { ActButton } from './ActButton';
import { FileChooser } from './FileChooser';
import { callTool, downloadUrl, sentenceOf } from './panel-api';
import { Told } from './Told';
import { ToolPage } from './ToolPage';

/** How many faults a page shows at first; a thousand rows of them make it slow. */
const FAULTS_SHOWN = 100;

/** The page of every import: choose a file, see what is in it, take all of it in or the good ones. */
export default function FileImport() {
  const tool = useLocation().pathname.split('/').at(-1)!;
  const [about, setAbout] = useState<ImportAbout>();
  const [file, setFile] = useState<File>();
  const [checked, setChecked] = useState<CheckedFile>();
  const [taken, setTaken] = useState<CheckedFile>();
  const [busy, setBusy] = useState<string>();
  const [refused, setRefused] = useState<string>();

  useEffect(() => {
    setAbout(undefined);
    setFile(undefined);
    setChecked(undefined);
    setTaken(undefined);
    setRefused(undefined);
    callTool<ImportAbout>(tool, 'about').then(setAbout, (error) => setRefused(sentenceOf(error)));
  }, [tool]);

  const ask = async (doing: string, call: () => Promise<void>) => {
    setBusy(doing);
    setRefused(undefined);
    try {
      await call();
    } catch (error) {
      setRefused(sentenceOf(error));
    } finally {
      setBusy(undefined);
    }
  };
  const choose = (chosen: File | undefined) => {
    setFile(chosen);
    setChecked(undefined);
    setTaken(undefined);
    if (chosen) {
      void ask('正在检查文件，请稍候……', async () =>
        setChecked(await callTool<CheckedFile>(tool, 'check', {}, chosen)),
      );
    }
  };
  const take = (takeGood: boolean) =>
    ask('正在导入，请不要关闭页面……', async () => {
      const { sha256 } = checked!;
      setTaken(await callTool<CheckedFile>(tool, 'take', { sha256, takeGood }, file));
      setChecked(undefined);
    });

  if (!about) return refused ? <Told as="refused">{refused}</Told> : <Loader />;
  const result = taken ?? checked;
  return (
    <ToolPage title={about.name} text={about.text}>
      <Box variant="white" p="xl" style={{ borderRadius: 8 }}>
        <Box flex alignItems="center" flexWrap="wrap" mb="lg" style={{ gap: 16 }}>
          <FileChooser
            accept={about.accept}
            disabled={busy !== undefined}
            chosen={file?.name}
            onChoose={choose}
          />
          {about.hasTemplate ? (
            <a
              href={downloadUrl(tool, 'template')}
              download
              style={{ marginLeft: 'auto', color: '#1d4f91', textDecoration: 'none' }}
            >
              下载导入模板
            </a>
          ) : null}
        </Box>
        {refused ? <Told as="refused">{refused}</Told> : null}
        {busy ? <Told as="note">{busy}</Told> : null}
        {taken ? <Told as={taken.stored ? 'done' : 'refused'}>{sentenceAfter(taken)}</Told> : null}
        {result && !busy ? (
          <>
            <Counts result={result} unit={about.unit} />
            {result.notes.map((note) => (
              <Told key={note} as="warning">
                {note}
              </Told>
            ))}
            {checked ? <Choice checked={checked} unit={about.unit} onTake={take} /> : null}
            {result.faultCount > 0 ? (
              <Faults key={file?.name} result={result} name={file?.name ?? ''} />
            ) : null}
          </>
        ) : null}
      </Box>
    </ToolPage>
  );
}

function sentenceAfter({ stored, good, faultCount }: CheckedFile): string {
  if (!stored) return '文件有误，没有存入任何数据。';
  return faultCount > 0 ? `已存入 ${good} 条无误的数据，有误的没有存入。` : `导入完成，存入 ${good} 条数据。`;
}

function Counts({ result, unit }: { result: CheckedFile; unit: string }) {
  return (
    <Box flex flexWrap="wrap" mb="lg" style={{ gap: 12 }}>
      {result.counts.map(({ label, value }) => (
        <Box key={label} p="lg" style={{ flex: '1 1 110px', background: '#f4f6f9', borderRadius: 6 }}>
          <Text color="grey60">{label}</Text>
          <Text
            style={{
              fontSize: 24,
              fontWeight: 600,
              color: label === '有误' && value > 0 ? '#8a1f17' : undefined,
            }}
          >
            {value.toLocaleString('zh-CN')} <small style={{ fontWeight: 400 }}>{unit}</small>
          </Text>
        </Box>
      ))}
    </Box>
  );
}

function Choice({
  checked,
  unit,
  onTake,
}: {
  checked: CheckedFile;
  unit: string;
  onTake: (takeGood: boolean) => void;
}) {
  const { faultCount, good } = checked;
  if (good === 0) {
    return (
      <Told as={faultCount > 0 ? 'warning' : 'note'}>
        {faultCount > 0
          ? '没有可以导入的内容，请按下列问题修改文件后重新选择。'
          : '文件中的内容与系统中的一致，无需导入。'}
      </Told>
    );
  }
  return (
    <Box flex alignItems="center" flexWrap="wrap" mb="xl" style={{ gap: 12 }}>
      {faultCount === 0 ? (
        <ActButton variant="contained" onClick={() => onTake(false)}>
          全部导入（{good.toLocaleString('zh-CN')} {unit}）
        </ActButton>
      ) : (
        <>
          <ActButton variant="contained" onClick={() => onTake(true)}>
            只导入无误的 {good.toLocaleString('zh-CN')} {unit}
          </ActButton>
          <Text color="grey60">或按下列问题修改文件后重新选择，全部无误再导入。</Text>
        </>
      )}
    </Box>
  );
}

function Faults({ result, name }: { result: CheckedFile; name: string }) {
  const [all, setAll] = useState(false);
  const { columns, rows } = result.faults;
  const shown = all ? rows : rows.slice(0, FAULTS_SHOWN);
  return (
    <Box>
      <Box flex alignItems="center" justifyContent="space-between" mb="default">
        <Text style={{ fontWeight: 600 }}>
          问题清单（共 {result.faultCount.toLocaleString('zh-CN')} 处
          {result.faultCount > rows.length ? `，列出前 ${rows.length.toLocaleString('zh-CN')} 处` : ''}）
        </Text>
        <Button type="button" size="sm" onClick={() => keepFaults(name, columns, rows)}>
          下载问题清单
        </Button>
      </Box>
      <Box style={{ overflowX: 'auto' }}>
        <Table>
          <TableHead>
            <TableRow>
              {columns.map((column) => (
                <TableCell key={column}>{column}</TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {shown.map((row) => (
              <TableRow key={row.join('\n')}>
                {row.map((cell, i) => (
                  <TableCell key={columns[i]} style={i < columns.length - 1 ? { whiteSpace: 'nowrap' } : {}}>
                    {cell}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Box>
      {shown.length < rows.length ? (
        <Button type="button" variant="text" mt="default" onClick={() => setAll(true)}>
          显示全部 {rows.length.toLocaleString('zh-CN')} 处
        </Button>
      ) : null}
    </Box>
  );
}

/** As CSV; what a file brought in must not become a formula in the reader's Excel. */
function keepFaults(name: string, columns: readonly string[], rows: readonly (readonly string[])[]) {
  const text = BYTE_ORDER_MARK + [columns, ...rows].map(csvLine).join('');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  link.download = `${name}的问题清单.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
