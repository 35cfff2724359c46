import { Box, Button, Loader } from '@adminjs/design-system';
import { type ActionProps, useNotice } from 'adminjs';
import { type FormEvent, useEffect, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { FormField } from '../panel/form';
import type { Outcome } from '../panel/noun-action';
import { FormFields, inputOf, strayFaults, type Values } from './FormFields';
import { OutcomeShown } from './OutcomeShown';
import { callAction, type FieldFault, get, Refused, sentenceOf } from './panel-api';
import { RowNamed } from './RowNamed';
import { Told } from './Told';

type Form = {
  text?: string;
  fields: readonly FormField[];
  values: Values;
  version?: string;
  submit: string;
  confirm?: string;
};

/** The page of every action: its form, what is wrong with it, and what came of it. */
export default function ActionForm({ action, resource, record, records }: ActionProps) {
  const ids = record ? [record.id] : (records ?? []).map(({ id }) => id);
  const [form, setForm] = useState<Form>();
  const [values, setValues] = useState<Values>({});
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);
  const [refused, setRefused] = useState<string>();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const navigate = useNavigate();
  const addNotice = useNotice();
  const list = `/admin/resources/${resource.id}?refresh=true`;
  const named = ids.join(',');

  useEffect(() => {
    get<Form>(`forms/${resource.id}/${action.name}?ids=${encodeURIComponent(named)}`).then(
      (shown) => {
        setForm(shown);
        setValues(shown.values);
      },
      (error) => setRefused(sentenceOf(error)),
    );
  }, [resource.id, action.name, named]);

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
      if (answer.facts || answer.lines) return setOutcome(answer);
      addNotice({ message: answer.message ?? '已完成', type: 'success' });
      navigate(list);
    } catch (error) {
      setRefused(sentenceOf(error));
      setFaults(error instanceof Refused ? error.faults : []);
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
  return (
    <Box as="form" variant="white" p="xl" style={{ borderRadius: 8 }} onSubmit={onSubmit} noValidate>
      {refused ? (
        <Told as="refused">
          {[refused, ...strayFaults(form.fields, faults).map(({ message }) => message)]
            .filter((sentence, i, all) => all.indexOf(sentence) === i)
            .join('\n')}
        </Told>
      ) : null}
      {record ? <RowNamed resource={resource} record={record} /> : null}
      {records && records.length > 0 ? (
        <Box mb="lg" color="grey60">
          已选择 {records.length} 条记录
        </Box>
      ) : null}
      {form.text ? (
        <Box mb="lg" style={{ lineHeight: 1.7, whiteSpace: 'pre-line' }}>
          {form.text}
        </Box>
      ) : null}
      <FormFields fields={form.fields} values={values} faults={faults} onChange={setValues} />
      {asking ? <Told as="warning">{form.confirm}</Told> : null}
      <Box flex style={{ gap: 12 }}>
        {asking ? (
          <Button type="button" variant="danger" disabled={busy} onClick={() => void send()}>
            确定{form.submit}
          </Button>
        ) : (
          <Button type="submit" variant="contained" disabled={busy}>
            {busy ? '正在处理……' : form.submit}
          </Button>
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
