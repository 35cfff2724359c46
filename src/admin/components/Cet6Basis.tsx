import { Input, Label } from '@adminjs/design-system';
import type { ChangeEvent } from 'react';

export type Basis = { materials: readonly string[]; note: string };
export const NO_BASIS: Basis = { materials: [], note: '' };

/** 所凭材料: what the school has seen, where claim and record are not plainly one person's. */
export function Cet6Basis({
  materials,
  isNeeded,
  value,
  onChange,
}: {
  materials: readonly { value: string; label: string }[];
  isNeeded: boolean;
  value: Basis;
  onChange: (basis: Basis) => void;
}) {
  const toggle = (material: string) =>
    onChange({
      ...value,
      materials: materials
        .map((one) => one.value)
        .filter((one) => value.materials.includes(one) !== (one === material)),
    });
  return (
    <section aria-labelledby="basis">
      <h3 id="basis">所凭材料</h3>
      <p className="quiet" id="basis-hint">
        {isNeeded
          ? '比对不一致，通过前至少选一项，记入操作记录。'
          : '比对无异议，可以不选；选择的记入操作记录。'}
      </p>
      <fieldset className="pick" aria-labelledby="basis" aria-describedby="basis-hint">
        {materials.map(({ value: material, label }) => (
          <label key={material}>
            <input
              type="checkbox"
              checked={value.materials.includes(material)}
              onChange={() => toggle(material)}
            />
            {label}
          </label>
        ))}
      </fieldset>
      <div className="note">
        <Label inline htmlFor="basis-note" mb="0">
          备注
        </Label>
        <Input
          id="basis-note"
          maxLength={100}
          autoComplete="off"
          value={value.note}
          onChange={(event: ChangeEvent<HTMLInputElement>) =>
            onChange({ ...value, note: event.target.value })
          }
        />
      </div>
    </section>
  );
}
