import { Table, TableBody, TableCell, TableHead, TableRow, ValueGroup } from '@adminjs/design-system';
import { type ShowPropertyProps, useTranslation } from 'adminjs';

/** What a change made of what, side by side. */
export default function BeforeAfter({ property, record, resource }: ShowPropertyProps) {
  const { translateProperty } = useTranslation();
  const text = String(record.params[property.path] ?? '');
  const rows = text === '—' ? [] : text.split('\n').map((line) => line.split('\t'));
  return (
    <ValueGroup label={translateProperty(property.label, resource.id)}>
      {rows.length === 0 ? (
        '—'
      ) : (
        <Table>
          <TableHead>
            <TableRow>
              <TableCell>项目</TableCell>
              <TableCell>变更前</TableCell>
              <TableCell>变更后</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map(([name, before, after]) => (
              <TableRow key={name}>
                <TableCell>{name}</TableCell>
                <TableCell style={{ wordBreak: 'break-word' }}>{before}</TableCell>
                <TableCell style={{ wordBreak: 'break-word' }}>{after}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </ValueGroup>
  );
}
