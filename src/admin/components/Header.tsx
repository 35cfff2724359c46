import { Badge, Box, Button, H2, Icon } from '@adminjs/design-system';
import {
  type ActionHeaderProps,
  type ActionJSON,
  actionHref,
  Breadcrumbs,
  useFilterDrawer,
  useTranslation,
} from 'adminjs';
import { useEffect } from 'react';
import { Link, useLocation } from 'react-router-dom';
import { seenOf } from './seen';

/**
 * Above a list, a row or an action's form: where one is, and what may be done from here. On a list that is the noun's
 * actions and the filter, on a row's page what may be done to it; the page of an action offers no other one.
 */
export default function Header({ resource, record, action, tag, toggleFilter }: ActionHeaderProps) {
  const { translateAction, translateButton } = useTranslation();
  const { search } = useLocation();
  const filter = useFilterDrawer();
  const isFiltering = Boolean(toggleFilter) && filter.isVisible;
  const drawer = `${resource.id}-filter-drawer`;

  // what was searched for is there to be seen, and the next list has filters of its own
  useEffect(() => filter.close, [resource.id, search]);
  useEffect(() => {
    const fields = document.querySelector(`[data-css="${drawer}"]`);
    // a drawer that is shut stands beside the window, where the tabulator would wander through it
    fields?.toggleAttribute('inert', !isFiltering);
    if (isFiltering) fields?.querySelector('input')?.focus();
  }, [isFiltering, drawer]);

  return (
    <Box className="page-header">
      <Breadcrumbs resource={resource} actionName={action.name} record={record} />
      <Box flex flexWrap="wrap" alignItems="center" mt="lg" mb="xl" style={{ gap: '12px 16px' }}>
        <H2 style={{ margin: 0, marginRight: 'auto' }}>
          {translateAction(action.label, resource.id)}
          {tag ? (
            <Badge variant="default" outline ml="default">
              {tag}
            </Badge>
          ) : null}
        </H2>
        {actionsFrom({ resource, record, action }).map((one) => (
          <Button
            key={one.name}
            as={Link}
            variant={action.name === 'list' ? 'contained' : 'outlined'}
            data-css={`${resource.id}-${one.name}-button`}
            to={actionHref(one, { resourceId: resource.id, recordId: record?.id }) ?? ''}
            state={record ? seenOf([record]) : undefined}
          >
            <Icon icon={one.icon} />
            {translateAction(one.label, resource.id)}
          </Button>
        ))}
        {toggleFilter ? (
          <Button
            type="button"
            variant="outlined"
            data-css={`${resource.id}-filter-button`}
            aria-expanded={isFiltering}
            onClick={filter.toggleFilter}
          >
            <Icon icon="Filter" />
            {translateButton(filter.filtersCount > 0 ? 'filterActive' : 'filter', resource.id, {
              count: filter.filtersCount,
            })}
          </Button>
        ) : null}
      </Box>
    </Box>
  );
}

function actionsFrom({
  resource,
  record,
  action,
}: Pick<ActionHeaderProps, 'resource' | 'record' | 'action'>): ActionJSON[] {
  if (action.name === 'list') return resource.resourceActions.filter(({ name }) => name !== 'list');
  const all = record?.recordActions ?? [];
  return all.filter(({ name }) => (action.name === 'show' ? name !== 'show' : name === 'show'));
}
