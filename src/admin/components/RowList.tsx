import { Box, Button, InfoBox, Loader, Pagination } from '@adminjs/design-system';
import {
  type ActionProps,
  useCurrentAdmin,
  useNotice,
  useRecords,
  useSelectedRecords,
  useTranslation,
} from 'adminjs';
import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { keepFile, sentenceOf } from './panel-api';
import { RowTable } from './RowTable';

/** As `MOST_COUNTED` of `scoped.resource.ts`: beyond it a list only says that there is more. */
const MOST_COUNTED = 10_000;

const FILTER = /^filters\.([^~]+)(?:~~(from|to))?$/;

/** A list: its rows, its pages, and its way out as a file. */
export default function RowList({ action, resource, setTag }: ActionProps) {
  const { records, loading, direction, sortBy, page, total, perPage } = useRecords(resource.id);
  const { selectedRecords, handleSelect, handleSelectAll, setSelectedRecords } = useSelectedRecords(records);
  const location = useLocation();
  const navigate = useNavigate();
  const more = total > MOST_COUNTED;

  useEffect(() => {
    setTag?.(more ? '一万条以上' : `${total} 条`);
  }, [more, total, setTag]);
  // another list or filter, another choice of rows
  useEffect(() => setSelectedRecords([]), [resource.id, location.search]);

  const goToPage = (number: number) => {
    const query = new URLSearchParams(location.search);
    query.set('page', String(number));
    navigate({ pathname: location.pathname, search: query.toString() });
  };
  return (
    <Box variant="container" data-css={`${resource.id}-list-table-wrapper`}>
      {records.length > 0 ? (
        <RowTable
          resource={resource}
          records={records}
          loading={loading}
          sortBy={sortBy}
          direction={direction}
          chosen={{ records: selectedRecords, toggle: handleSelect, toggleAll: handleSelectAll }}
        />
      ) : loading ? (
        <Loader />
      ) : (
        <NoRows />
      )}
      <Box mt="xl" flex alignItems="center" justifyContent="space-between" style={{ gap: 16 }}>
        <Box color="grey60" style={{ flexBasis: 240 }}>
          {more ? '结果超过一万条，只能翻看前一万条，请用筛选条件缩小范围。' : null}
        </Box>
        <Pagination
          page={page}
          perPage={perPage}
          total={Math.min(total, MOST_COUNTED)}
          onChange={(number: number) => goToPage(number)}
        />
        <Box style={{ flexBasis: 240, textAlign: 'right' }}>
          {total > 0 ? (
            <Export
              noun={resource.id}
              by={(action.custom?.exportedBy ?? []) as string[]}
              search={location.search}
            />
          ) : null}
        </Box>
      </Box>
    </Box>
  );
}

function NoRows() {
  const { translateMessage } = useTranslation();
  return <InfoBox title={translateMessage('noRecords')}>{translateMessage('noRecordsInResource')}</InfoBox>;
}

function Export({ noun, by, search }: { noun: string; by: readonly string[]; search: string }) {
  const [user] = useCurrentAdmin();
  const [busy, setBusy] = useState(false);
  const addNotice = useNotice();
  const role = (user as { actor?: { role: string } } | null)?.actor?.role;
  if (!role || !by.includes(role)) return null;
  const take = async () => {
    setBusy(true);
    try {
      await keepFile(`exports/${noun}`, { filters: filtersIn(search) });
    } catch (error) {
      addNotice({ message: sentenceOf(error), type: 'error' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button type="button" variant="outlined" disabled={busy} onClick={() => void take()}>
      {busy ? '正在导出……' : '导出所列记录'}
    </Button>
  );
}

/** The list's own filter, as AdminJS keeps it in the address. */
function filtersIn(search: string): Record<string, unknown> {
  const filters: Record<string, unknown> = {};
  for (const [key, value] of new URLSearchParams(search)) {
    const [, name, end] = FILTER.exec(key) ?? [];
    if (!name) continue;
    filters[name] = end ? { ...(filters[name] as object | undefined), [end]: value } : value;
  }
  return filters;
}
