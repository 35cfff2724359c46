import {
  Box,
  Button,
  CheckBox,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
} from '@adminjs/design-system';
import {
  actionHref,
  BasePropertyComponent,
  type RecordJSON,
  type ResourceJSON,
  SortLink,
  useTranslation,
} from 'adminjs';
import type { MouseEvent } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { RowMenu } from './RowMenu';
import { seenOf } from './seen';
import { WholeTimes } from './WholeTimes';

type Chosen = {
  records: readonly RecordJSON[];
  toggle: (record: RecordJSON) => void;
  toggleAll: () => void;
};

/**
 * The rows of a list. A click opens a row, unless it was for something on it, or marked text to be copied; there are
 * check boxes where something may be done to several rows at once.
 */
export function RowTable({
  resource,
  records,
  loading,
  sortBy,
  direction,
  chosen,
}: {
  resource: ResourceJSON;
  records: readonly RecordJSON[];
  loading: boolean;
  sortBy?: string;
  direction?: 'asc' | 'desc';
  chosen: Chosen;
}) {
  const { translateProperty } = useTranslation();
  const choosable = records.some(({ bulkActions }) => bulkActions.length > 0);
  return (
    <>
      <DoneToMany resource={resource} records={chosen.records} />
      <Table data-css={`${resource.id}-table`} aria-busy={loading} style={{ opacity: loading ? 0.5 : 1 }}>
        <TableHead>
          <TableRow data-css={`${resource.id}-table-head-row`}>
            {choosable ? (
              <TableCell width={0}>
                <CheckBox
                  aria-label="全选本页"
                  checked={chosen.records.length > 0}
                  onChange={chosen.toggleAll}
                />
              </TableCell>
            ) : null}
            {resource.listProperties.map((property) => (
              <TableCell key={property.propertyPath}>
                {property.isSortable ? (
                  <SortLink property={property} sortBy={sortBy} direction={direction} />
                ) : (
                  translateProperty(property.label, property.resourceId)
                )}
              </TableCell>
            ))}
            <TableCell width={0} />
          </TableRow>
        </TableHead>
        <TableBody data-css={`${resource.id}-table-body`}>
          {records.map((record) => (
            <Line
              key={record.id}
              resource={resource}
              record={record}
              choosable={choosable}
              isChosen={chosen.records.some(({ id }) => id === record.id)}
              onChoose={() => chosen.toggle(record)}
            />
          ))}
        </TableBody>
      </Table>
    </>
  );
}

function Line({
  resource,
  record,
  choosable,
  isChosen,
  onChoose,
}: {
  resource: ResourceJSON;
  record: RecordJSON;
  choosable: boolean;
  isChosen: boolean;
  onChoose: () => void;
}) {
  const navigate = useNavigate();
  const show = record.recordActions.find(({ name }) => name === 'show');
  const open = (event: MouseEvent<HTMLElement>) => {
    const forSomethingElse = (event.target as Element).closest('a, button, input, .row-choice, .row-menu');
    if (!show || forSomethingElse || String(window.getSelection())) return;
    navigate(actionHref(show, { resourceId: resource.id, recordId: record.id }) ?? '');
  };
  return (
    <TableRow
      className={isChosen ? 'selected' : 'not-selected'}
      data-id={record.id}
      data-css={`${resource.id}-table-row`}
      onClick={open}
    >
      {choosable ? (
        <TableCell width={0} className="row-choice">
          {record.bulkActions.length > 0 ? (
            <CheckBox aria-label="选择" checked={isChosen} onChange={onChoose} />
          ) : null}
        </TableCell>
      ) : null}
      {resource.listProperties.map((property) => (
        <TableCell key={property.propertyPath} data-property-name={property.propertyPath}>
          <section>
            {property.components?.list ? (
              <BasePropertyComponent where="list" property={property} resource={resource} record={record} />
            ) : (
              <WholeTimes text={String(record.params[property.propertyPath] ?? '')} />
            )}
          </section>
        </TableCell>
      ))}
      <TableCell width={0} className="options">
        <RowMenu resourceId={resource.id} record={record} />
      </TableCell>
    </TableRow>
  );
}

/** What may be done to the rows that are ticked. */
function DoneToMany({ resource, records }: { resource: ResourceJSON; records: readonly RecordJSON[] }) {
  const { translateAction } = useTranslation();
  if (records.length === 0) return null;
  const actions = new Map(
    records.flatMap(({ bulkActions }) => bulkActions.map((action) => [action.name, action] as const)),
  );
  const of = { resourceId: resource.id, recordIds: records.map(({ id }) => id) };
  return (
    <Box flex flexWrap="wrap" alignItems="center" mb="lg" role="status" style={{ gap: 12 }}>
      <strong>已选中 {records.length} 条</strong>
      {[...actions.values()].map((action) => (
        <Button
          key={action.name}
          as={Link}
          size="sm"
          variant="outlined"
          to={actionHref(action, of) ?? ''}
          state={seenOf(records)}
        >
          {translateAction(action.label, resource.id)}
        </Button>
      ))}
    </Box>
  );
}
