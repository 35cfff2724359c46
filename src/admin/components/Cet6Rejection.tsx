import { FormGroup, Label, TextArea } from '@adminjs/design-system';
import type { ChangeEvent } from 'react';

/** What is said most often; the reader may add to it. */
const USUAL_REASONS = [
  '证件号码与四级成绩记录不一致，请携带两次使用的证件原件到学校办理',
  '未提供四级成绩单或准考证原件',
  '四级成绩记录不是本人',
  '准考证号填写有误，请核对后重新提交',
];

/** Why a claim is rejected: one of the usual reasons, or one's own; the candidate reads it. */
export function Cet6Rejection({ reason, onReason }: { reason: string; onReason: (reason: string) => void }) {
  return (
    <section aria-label="不通过">
      <h3>不通过，选择原因</h3>
      <div className="pick pick--long" role="radiogroup" aria-label="常用原因">
        {USUAL_REASONS.map((usual) => (
          <label key={usual}>
            <input type="radio" name="why" checked={reason === usual} onChange={() => onReason(usual)} />
            {usual}
          </label>
        ))}
      </div>
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
    </section>
  );
}
