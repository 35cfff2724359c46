import { Box, Button, Loader } from '@adminjs/design-system';
import { type ActionProps, useNotice } from 'adminjs';
import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import type { FormField } from '../panel/form';
import type { Outcome } from '../panel/noun-action';
import type { SeenRow } from '../panel/seen-rows';
import { ActButton } from './ActButton';
import { FormFields, inputOf, strayFaults, type Values } from './FormFields';
import { OutcomeShown } from './OutcomeShown';
import { callAction, type FieldFault, get, Refused, sentenceOf } from './panel-api';
import { RowsNamed } from './RowsNamed';
import type { Seen } from './seen';
import { Told } from './Told';

type Form = {
  text?: string;
  rows: readonly SeenRow[];
  fields: readonly FormField[];
  values: Values;
  version?: string;
  submit: string;
  confirm?: string;
};

/** The page of every action: what it is about, its form, what is wrong with it, and what came of it. */
export default function ActionForm({ action, resource, record, records }: ActionProps) {
  const ids = record ? [record.id] : (records ?? []).map(({ id }) => id);
  const [form, setForm] = useState<Form>();
  const [values, setValues] = useState<Values>({});
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);
  const [refused, setRefused] = useState<string>();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const cameFrom = useLocation().state as { seen?: Seen } | null;
  /** What was seen of the rows before this form, here or on the page that led to it. */
  const seen = useRef<Seen>(cameFrom?.seen ?? {});
  const navigate = useNavigate();
  const addNotice = useNotice();
  const list = `/admin/resources/${resource.id}?refresh=true`;
  const named = ids.join(',');

  const open = useCallback(
    () => get<Form>(`forms/${resource.id}/${action.name}?ids=${encodeURIComponent(named)}`),
    [resource.id, action.name, named],
  );
  useEffect(() => {
    open().then(
      (shown) => {
        setForm(shown);
        setValues(shown.values);
      },
      (error) => setRefused(sentenceOf(error)),
    );
  }, [open]);

  /** The form again, as things are now; what was typed stays, but where the form itself has something else now. */
  const openAgain = async (before: Form) => {
    const shown = await open();
    seen.current = Object.fromEntries(before.rows.map(({ id, version }) => [id, version]));
    const moved = Object.entries(shown.values).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before.values[name]),
    );
    setForm(shown);
    setValues((typed) => ({ ...typed, ...Object.fromEntries(moved) }));
  };
  const send = async () => {
    if (!form) return;
    setBusy(true);
    setAsking(false);
    setRefused(undefined);
    setFaults([]);
    try {
      const { input, file } = inputOf(form.fields, values);
      const answer = await callAction<Outcome>(
        resource.id,
        action.name,
        { ids, input, version: form.version },
        file,
      );
      if (answer.facts || answer.lines || answer.takeBack) return setOutcome(answer);
      addNotice({ message: answer.message ?? '已完成', type: 'success' });
      navigate(list);
    } catch (error) {
      setRefused(sentenceOf(error));
      setFaults(error instanceof Refused ? error.faults : []);
      const isOutOfDate = error instanceof Refused && error.code === 'ROWS_CHANGED_MEANWHILE';
      if (isOutOfDate) await openAgain(form).catch((gone) => setRefused(sentenceOf(gone)));
    } finally {
      setBusy(false);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (form?.confirm) setAsking(true);
    else void send();
  };

  if (outcome) return <OutcomeShown outcome={outcome} onBack={() => navigate(list)} />;
  if (!form) return refused ? <Told as="refused">{refused}</Told> : <Loader />;
  const changed = form.rows.filter(({ id, version }) => seen.current[id] && seen.current[id] !== version);
  return (
    <Box as="form" variant="white" p="xl" style={{ borderRadius: 8 }} onSubmit={onSubmit} noValidate>
      {refused ? (
        <Told as="refused">
          {[refused, ...strayFaults(form.fields, faults).map(({ message }) => message)]
            .filter((sentence, i, all) => all.indexOf(sentence) === i)
            .join('\n')}
        </Told>
      ) : null}
      <RowsNamed rows={form.rows} changed={new Set(changed.map(({ id }) => id))} />
      {form.text ? (
        <Box mb="lg" style={{ lineHeight: 1.7, whiteSpace: 'pre-line' }}>
          {form.text}
        </Box>
      ) : null}
      <FormFields fields={form.fields} values={values} faults={faults} onChange={setValues} />
      {asking ? <Told as="warning">{form.confirm}</Told> : null}
      <Box flex flexWrap="wrap" style={{ gap: 12 }}>
        {asking ? (
          <ActButton
            key="sure"
            about={form.version}
            variant="danger"
            disabled={busy}
            onClick={() => void send()}
          >
            确定{form.submit}
          </ActButton>
        ) : (
          <ActButton key="submit" about={form.version} type="submit" variant="contained" disabled={busy}>
            {busy ? '正在处理……' : form.submit}
          </ActButton>
        )}
        <Button
          type="button"
          variant="text"
          disabled={busy}
          onClick={() => (asking ? setAsking(false) : navigate(-1))}
        >
          返回
        </Button>
      </Box>
    </Box>
  );
}
