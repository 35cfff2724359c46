import { Box, H5, Loader, Table, TableBody, TableCell, TableHead, TableRow } from '@adminjs/design-system';
import { type FormEvent, type ReactNode, useCallback, useEffect, useId, useState } from 'react';
import type { FormField } from '../panel/form';
import type { MyAccount as Account } from '../tools/my-account';
import { ActButton } from './ActButton';
import { FormFields, inputOf, type Values } from './FormFields';
import { callTool, type FieldFault, Refused, sentenceOf } from './panel-api';
import { Told } from './Told';
import { ToolPage } from './ToolPage';
import { WholeTimes } from './WholeTimes';

const CURRENT: FormField = { name: 'currentPassword', label: '当前密码', kind: 'SECRET', required: true };
const PASSWORD: readonly FormField[] = [
  CURRENT,
  {
    name: 'password',
    label: '新密码',
    kind: 'SECRET',
    required: true,
    help: '至少 10 个字符，不能太常见，不能包含登录名、邮箱或姓名。',
  },
  { name: 'repeated', label: '新密码，再输入一次', kind: 'SECRET', required: true },
];
const CODE: readonly FormField[] = [
  { name: 'code', label: '应用显示的 6 位口令', kind: 'TEXT', required: true },
];

const LAST_CODE: FormField = { name: 'code', label: '动态口令或恢复码', kind: 'TEXT', required: true };

const call = <Answer,>(verb: string, input: object = {}) => callTool<Answer>('my-account', verb, input);

/** 我的账号: password, codes of the phone, and where one is signed in. */
export default function MyAccount() {
  const [account, setAccount] = useState<Account>();
  const [refused, setRefused] = useState<string>();
  const load = useCallback(() => {
    call<Account>('show').then(setAccount, (error) => setRefused(sentenceOf(error)));
  }, []);
  useEffect(load, [load]);
  if (refused) return <Told as="refused">{refused}</Told>;
  if (!account) return <Loader />;
  return (
    <ToolPage
      title="我的账号"
      text={`${account.name}，${account.title}。登录名 ${account.login}，邮箱 ${account.email}。`}
    >
      <Part title="修改密码">
        <SmallForm
          fields={PASSWORD}
          submit="修改密码"
          done="密码已修改，其他设备上的登录已退出。"
          send={(input) => call('changePassword', input)}
          onDone={load}
        />
      </Part>
      <Part title="动态口令">
        <Totp account={account} onChange={load} />
      </Part>
      <Part title="登录中的设备">
        <Sessions account={account} onChange={load} />
      </Part>
    </ToolPage>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box variant="white" p="xl" mb="xl" style={{ borderRadius: 8, maxWidth: 760 }}>
      <H5 style={{ marginBottom: 16 }}>{title}</H5>
      {children}
    </Box>
  );
}

function SmallForm<Answer>({
  fields,
  submit,
  done,
  send,
  onDone,
}: {
  fields: readonly FormField[];
  submit: string;
  done?: string;
  send: (input: Values) => Promise<Answer>;
  onDone: (answer: Answer) => void;
}) {
  const id = useId();
  const [values, setValues] = useState<Values>({});
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);
  const [told, setTold] = useState<{ as: 'done' | 'refused'; sentence: string }>();
  const [busy, setBusy] = useState(false);
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFaults([]);
    try {
      const answer = await send(inputOf(fields, values).input);
      setValues({});
      setTold(done ? { as: 'done', sentence: done } : undefined);
      onDone(answer);
    } catch (error) {
      setTold({ as: 'refused', sentence: sentenceOf(error) });
      setFaults(error instanceof Refused ? error.faults : []);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void onSubmit(event)} noValidate>
      {told ? <Told as={told.as}>{told.sentence}</Told> : null}
      <FormFields within={id} fields={fields} values={values} faults={faults} onChange={setValues} />
      <ActButton about={submit} type="submit" variant="contained" disabled={busy}>
        {busy ? '正在处理……' : submit}
      </ActButton>
    </form>
  );
}

type Begun = { secret: string; picture: string };

function Totp({ account, onChange }: { account: Account; onChange: () => void }) {
  const [begun, setBegun] = useState<Begun>();
  const [codes, setCodes] = useState<readonly string[]>();
  if (codes)
    return (
      <>
        <Told as="warning">
          动态口令已启用。请把下面的恢复码抄下来妥善保管，它们只显示这一次；手机不在身边时，每个恢复码可以代替口令登录一次。
        </Told>
        <Box
          as="ul"
          mb="lg"
          style={{ columns: 2, listStyle: 'none', fontFamily: 'monospace', fontSize: 16, lineHeight: 2 }}
        >
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </Box>
        <ActButton
          variant="contained"
          onClick={() => {
            setCodes(undefined);
            onChange();
          }}
        >
          我已保管好
        </ActButton>
      </>
    );
  if (account.totpSince)
    return (
      <>
        <Box mb="lg">
          自 {account.totpSince} 起启用，登录时需要手机应用显示的口令；还有 {account.recoveryCodesLeft}{' '}
          个恢复码未使用。
        </Box>
        <SmallForm
          fields={[CURRENT, LAST_CODE]}
          submit="停用动态口令"
          send={(input) => call('dropTotp', input)}
          onDone={onChange}
        />
      </>
    );
  if (begun)
    return (
      <>
        <Box mb="lg" style={{ lineHeight: 1.7 }}>
          请用手机上的验证器应用扫描二维码，或手工输入密钥，然后填写应用显示的口令。
        </Box>
        <Box flex flexWrap="wrap" mb="lg" style={{ gap: 24 }}>
          <img
            width={200}
            height={200}
            alt="动态口令二维码"
            src={`data:image/svg+xml,${encodeURIComponent(begun.picture)}`}
          />
          <Box style={{ wordBreak: 'break-all', maxWidth: 320 }}>
            <Box color="grey60" mb="sm">
              密钥
            </Box>
            <code style={{ fontSize: 15, userSelect: 'all' }}>{begun.secret}</code>
          </Box>
        </Box>
        <SmallForm
          fields={CODE}
          submit="确认启用"
          send={(input) => call<{ recoveryCodes: string[] }>('confirmTotp', input)}
          onDone={({ recoveryCodes }) => {
            setBegun(undefined);
            setCodes(recoveryCodes);
          }}
        />
      </>
    );
  return (
    <>
      <Box mb="lg" style={{ lineHeight: 1.7 }}>
        启用后，登录时除密码外还需要手机验证器应用显示的 6 位口令，密码泄露也无法登录。
      </Box>
      <SmallForm
        fields={[CURRENT]}
        submit="启用动态口令"
        send={(input) => call<Begun>('beginTotp', input)}
        onDone={setBegun}
      />
    </>
  );
}

function Sessions({ account, onChange }: { account: Account; onChange: () => void }) {
  const [refused, setRefused] = useState<string>();
  const end = (verb: string, input: object = {}) =>
    void call(verb, input).then(onChange, (error) => setRefused(sentenceOf(error)));
  return (
    <>
      {refused ? <Told as="refused">{refused}</Told> : null}
      <Box style={{ overflowX: 'auto' }}>
        <Table>
          <TableHead>
            <TableRow>
              <TableCell>浏览器</TableCell>
              <TableCell>网络地址</TableCell>
              <TableCell>登录时间</TableCell>
              <TableCell />
            </TableRow>
          </TableHead>
          <TableBody>
            {account.sessions.map(({ id, browser, address, createdAt, current }) => (
              <TableRow key={id}>
                <TableCell>{browser}</TableCell>
                <TableCell>{address}</TableCell>
                <TableCell>
                  <WholeTimes text={createdAt} />
                </TableCell>
                <TableCell>
                  {current ? (
                    '当前设备'
                  ) : (
                    <ActButton
                      about={id}
                      size="sm"
                      variant="outlined"
                      onClick={() => end('endSession', { id })}
                    >
                      退出
                    </ActButton>
                  )}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Box>
      {account.sessions.length > 1 ? (
        <Box mt="lg">
          <ActButton variant="outlined" onClick={() => end('endOtherSessions')}>
            退出其他所有设备
          </ActButton>
        </Box>
      ) : null}
    </>
  );
}
