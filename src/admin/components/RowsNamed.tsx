import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@adminjs/design-system';
import type { SeenRow } from '../panel/seen-rows';
import { WholeTimes } from './WholeTimes';

/** By so many columns a row among others is known. */
const MOST_COLUMNS = 6;

/**
 * Which rows an action is about, as they are now: one by all that its list shows of it, several in a table. `changed` are
 * those that were something else on the page before.
 */
export function RowsNamed({ rows, changed }: { rows: readonly SeenRow[]; changed: ReadonlySet<string> }) {
  const [first] = rows;
  if (!first) return null;
  return (
    <>
      {changed.size > 0 ? (
        <p className="rows-changed" role="alert">
          {rows.length === 1 ? '该记录' : `其中 ${changed.size} 条记录`}
          在您打开上一页之后有变化，请按下面的内容决定。
        </p>
      ) : null}
      {rows.length === 1 ? (
        <dl className={changed.size > 0 ? 'row-named row-named--changed' : 'row-named'}>
          {first.shown
            .filter(({ text }) => text !== '—')
            .map(({ label, text }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  <WholeTimes text={text} />
                </dd>
              </div>
            ))}
        </dl>
      ) : (
        <Box mb="lg">
          <Box mb="default">已选择 {rows.length} 条记录</Box>
          <Box className="rows-named">
            <Table>
              <TableHead>
                <TableRow>
                  {first.shown.slice(0, MOST_COLUMNS).map(({ label }) => (
                    <TableCell key={label}>{label}</TableCell>
                  ))}
                </TableRow>
              </TableHead>
              <TableBody>
                {rows.map(({ id, shown }) => (
                  <TableRow key={id} className={changed.has(id) ? 'row-changed' : undefined}>
                    {shown.slice(0, MOST_COLUMNS).map(({ label, text }) => (
                      <TableCell key={label}>
                        <WholeTimes text={text} />
                      </TableCell>
                    ))}
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </Box>
        </Box>
      )}
    </>
  );
}
