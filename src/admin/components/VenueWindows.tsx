import { Box, Button, CheckBox, Input, Label, Loader, Text } from '@adminjs/design-system';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { callTool, sentenceOf } from './panel-api';
import { Told } from './Told';
import { ToolPage } from './ToolPage';
import { WindowBars } from './WindowBars';
import { WindowChange } from './WindowChange';
import { type Campus, TOOL } from './windows';

type About = {
  mayChange: boolean;
  sittings: readonly { id: string; number: number; name: string; current: boolean }[];
  provinces: readonly { code: string; name: string }[];
};
type Shown = { now: string; paymentEndsAt: string | null; campuses: readonly Campus[] };

const ROWS_AT_FIRST = 40;

/** 网上报名时间: campuses down, days across; those who may, choose some and move their windows. */
export default function VenueWindows() {
  const [about, setAbout] = useState<About>();
  const [sittingId, setSittingId] = useState('');
  const [provinceCode, setProvinceCode] = useState('');
  const [city, setCity] = useState('');
  const [words, setWords] = useState('');
  const [shown, setShown] = useState<Shown>();
  const [refused, setRefused] = useState<string>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [rows, setRows] = useState(ROWS_AT_FIRST);

  useEffect(() => {
    callTool<About>(TOOL, 'about').then(
      (answer) => {
        setAbout(answer);
        setSittingId((answer.sittings.find(({ current }) => current) ?? answer.sittings[0])?.id ?? '');
        setProvinceCode(answer.provinces[0]?.code ?? '');
      },
      (error) => setRefused(sentenceOf(error)),
    );
  }, []);
  const load = useCallback(async () => {
    if (!sittingId) return;
    try {
      setShown(await callTool<Shown>(TOOL, 'list', { sittingId, ...(provinceCode ? { provinceCode } : {}) }));
    } catch (error) {
      setRefused(sentenceOf(error));
    }
  }, [sittingId, provinceCode]);
  useEffect(() => {
    setChosen(new Set());
    setCity('');
    setRows(ROWS_AT_FIRST);
    void load();
  }, [load]);

  const cities = useMemo(
    () => [...new Set((shown?.campuses ?? []).flatMap((campus) => campus.city ?? []))].sort(),
    [shown],
  );
  const found = useMemo(() => {
    const sought = words.trim();
    return (shown?.campuses ?? []).filter(
      (campus) =>
        (city === '' || campus.city === city) &&
        [campus.name, campus.schoolName, campus.code].some((text) => text.includes(sought)),
    );
  }, [shown, city, words]);

  if (!about) return refused ? <Told as="refused">{refused}</Told> : <Loader />;
  const toggle = (code: string) =>
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(code)) after.add(code);
      return after;
    });
  const allChosen = found.length > 0 && found.every(({ code }) => chosen.has(code));
  const chooseAll = () =>
    setChosen((before) => {
      const after = new Set(before);
      for (const { code } of found) allChosen ? after.delete(code) : after.add(code);
      return after;
    });
  const sitting = about.sittings.find(({ id }) => id === sittingId);
  return (
    <ToolPage
      title="网上报名时间"
      text={
        about.mayChange
          ? '选择一个、多个或全部校区，分别设置笔试和口试的网上报名时间；提交前可以看到受影响的考生。'
          : '本校各校区的网上报名时间由省级承办机构设置，如需调整请与其联系。'
      }
    >
      {refused ? <Told as="refused">{refused}</Told> : null}
      <Box variant="white" p="xl" style={{ borderRadius: 8 }}>
        <Box flex flexWrap="wrap" alignItems="flex-end" mb="lg" style={{ gap: 16 }}>
          <Choice
            label="考次"
            value={sittingId}
            onChange={setSittingId}
            choices={about.sittings.map(({ id, number, current }) => [
              id,
              `${number}${current ? '（当前）' : ''}`,
            ])}
          />
          {about.provinces.length > 0 ? (
            <Choice
              label="省份"
              value={provinceCode}
              onChange={setProvinceCode}
              choices={about.provinces.map(({ code, name }) => [code, name])}
            />
          ) : null}
          {cities.length > 1 ? (
            <Choice
              label="所在地"
              value={city}
              onChange={setCity}
              choices={[['', '全部'], ...cities.map((one) => [one, one] as const)]}
            />
          ) : null}
          <Box>
            <Label htmlFor="words">学校或校区</Label>
            <Input
              id="words"
              width="220px"
              placeholder="名称或代码"
              value={words}
              onChange={(event: { target: { value: string } }) => setWords(event.target.value)}
            />
          </Box>
          {shown?.paymentEndsAt ? (
            <Text color="grey60" ml="auto">
              {sitting?.number} 考次缴费截止：{shown.paymentEndsAt}
            </Text>
          ) : null}
        </Box>
        {about.mayChange && found.length > 0 ? (
          <Box flex alignItems="center" mb="default">
            <CheckBox id="all" checked={allChosen} onChange={chooseAll} />
            <Label inline htmlFor="all" ml="default" mb="0">
              全选筛选出的 {found.length} 个校区
            </Label>
            <Text ml="xl" color="grey60">
              已选 {chosen.size} 个
            </Text>
          </Box>
        ) : null}
        {shown ? (
          <WindowBars
            campuses={found.slice(0, rows)}
            now={shown.now}
            chosen={about.mayChange ? chosen : undefined}
            onToggle={toggle}
          />
        ) : (
          <Loader />
        )}
        {found.length > rows ? (
          <Box mt="lg" style={{ textAlign: 'center' }}>
            <Button type="button" onClick={() => setRows(rows + 200)}>
              再显示一些（共 {found.length} 个校区）
            </Button>
          </Box>
        ) : null}
      </Box>
      {about.mayChange && chosen.size > 0 ? (
        <WindowChange
          sittingId={sittingId}
          campusCodes={[...chosen]}
          onDone={() => {
            setChosen(new Set());
            void load();
          }}
        />
      ) : null}
    </ToolPage>
  );
}

function Choice({
  label,
  value,
  choices,
  onChange,
}: {
  label: string;
  value: string;
  choices: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}) {
  return (
    <Box>
      <Label htmlFor={label}>{label}</Label>
      <select
        id={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        style={{
          height: 34,
          minWidth: 130,
          padding: '0 8px',
          border: '1px solid #bbc3cb',
          background: '#fff',
        }}
      >
        {choices.map(([choice, name]) => (
          <option key={choice} value={choice}>
            {name}
          </option>
        ))}
      </select>
    </Box>
  );
}
