import { Injectable } from '@nestjs/common';
import type { ObjectLiteral } from 'typeorm';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { COMPONENTS, componentLoader } from '../components.js';
import { ShowDashboard } from '../dashboard/show-dashboard.use-case.js';
import { PANEL_PATH } from '../staff/places.js';
import type { ActionContext, AdminJSOptions, BrandingOptions, ResourceWithOptions } from './adminjs.js';
import type { NounAction } from './noun-action.js';
import { PanelContents } from './panel-contents.js';
import type { PanelUser } from './panel-user.js';
import { ScopedResource, ShownRecord } from './scoped.resource.js';
import type { ShownColumn, ShownNoun } from './shown-noun.js';
import { THEME } from './theme.js';
import { TRANSLATIONS } from './translations.js';

const ACTION_TYPES = { ROW: 'record', ROWS: 'bulk', NOUN: 'resource' } as const;

/** The back office as AdminJS is told of it: its looks, its language, its nouns, its tools. */
@Injectable()
export class PanelOptions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly contents: PanelContents,
    private readonly dashboard: ShowDashboard,
  ) {}

  make(): AdminJSOptions {
    const { nouns, tools } = this.contents;
    const toolNames = Object.fromEntries(tools.map(({ id, name }) => [id, name]));
    return {
      rootPath: PANEL_PATH,
      loginPath: `${PANEL_PATH}/login`,
      logoutPath: `${PANEL_PATH}/logout`,
      componentLoader,
      branding: {
        companyName: '全国大学英语四、六级考试报名管理后台',
        logo: false,
        withMadeWithLove: false,
        theme: THEME as NonNullable<BrandingOptions['theme']>,
      },
      assets: { styles: [`${PANEL_PATH}/panel.css`] },
      settings: { defaultPerPage: 20 },
      dashboard: {
        component: COMPONENTS.dashboard,
        handler: (_request, _response, { currentAdmin }) => this.dashboard.execute(currentAdmin as PanelUser),
      },
      pages: Object.fromEntries(tools.map(({ id, component, icon }) => [id, { component, icon }])),
      locale: {
        language: 'zh-CN',
        availableLanguages: ['zh-CN'],
        translations: { 'zh-CN': { ...TRANSLATIONS, pages: toolNames } },
      },
      resources: nouns.map((noun) => this.resource(noun)),
    };
  }

  /**
   * A noun that is listed, searched, looked at, and changed by its own actions. What AdminJS itself would write is off,
   * for everybody. An action's page asks here only for the rows it is about; what it does goes through `PanelApi`.
   */
  private resource<Row extends ObjectLiteral, Facts>(noun: ShownNoun<Row, Facts>): ResourceWithOptions {
    const off = { isAccessible: false, isVisible: false };
    const isAccessible = seenBy(noun.seenBy);
    const sorted = noun.columns.find(({ sortable }) => sortable);
    const labels = Object.fromEntries(noun.columns.map(({ name, label }) => [name, label]));
    const actions = noun.actions ?? [];
    const first = noun.columns.find(({ on }) => on.includes('list'));
    return {
      resource: new ScopedResource(noun, this.unitOfWork),
      options: {
        navigation: { name: null, icon: noun.icon },
        ...(sorted
          ? { sort: { sortBy: sorted.name, direction: sorted.sortable === 'ASCENDING' ? 'asc' : 'desc' } }
          : {}),
        // AdminJS would leave out whatever comes after the eighth
        listProperties: noun.columns.filter(({ on }) => on.includes('list')).map(({ name }) => name),
        actions: {
          list: {
            isAccessible,
            containerWidth: '100%',
            component: COMPONENTS.list,
            custom: listCustom(noun),
          },
          show: { isAccessible, icon: 'Eye', containerWidth: ['100%', '100%', '100%', '900px'] },
          search: { isAccessible },
          new: off,
          edit: off,
          delete: off,
          bulkDelete: off,
          ...Object.fromEntries(actions.map((action) => [action.name, actionOptions(noun, action)])),
        },
        properties: {
          id: { isVisible: false },
          ...Object.fromEntries(
            noun.columns.map((column) => [column.name, propertyOptions(column, column === first)]),
          ),
        },
        translations: {
          'zh-CN': {
            labels: { [noun.id]: noun.name },
            properties: labels,
            actions: {
              list: noun.name,
              show: `${noun.name}详情`,
              ...Object.fromEntries(actions.map(({ name, label }) => [name, label])),
            },
          },
        },
      },
    };
  }
}

const seenBy =
  (roles: readonly string[]) =>
  ({ currentAdmin }: Pick<ActionContext, 'currentAdmin'>): boolean =>
    roles.includes((currentAdmin as PanelUser | undefined)?.actor.role ?? '');

/** What the list's page needs to know besides: may these rows be taken away, and by whom. */
function listCustom<Row extends ObjectLiteral, Facts>({ exported }: ShownNoun<Row, Facts>) {
  return { exportedBy: exported?.by ?? [] };
}

function actionOptions<Row extends ObjectLiteral, Facts>(
  noun: ShownNoun<Row, Facts>,
  { name, icon, on, roles, when }: NounAction<Row>,
) {
  const mayAtAll = seenBy(roles.filter((role) => noun.seenBy.includes(role)));
  return {
    name,
    icon,
    actionType: ACTION_TYPES[on],
    component: COMPONENTS.actionForm,
    containerWidth: ['100%', '100%', '100%', '760px'],
    isAccessible: mayAtAll,
    isVisible: ({ record, currentAdmin }: ActionContext) =>
      !(record instanceof ShownRecord) || !when || when(record.row as Row, currentAdmin as PanelUser),
    handler: async (
      _request: unknown,
      _response: unknown,
      { record, records, currentAdmin }: ActionContext,
    ) => ({
      ...(record ? { record: record.toJSON(currentAdmin) } : {}),
      ...(records ? { records: records.map((one) => one.toJSON(currentAdmin)) } : {}),
    }),
  };
}

function propertyOptions<Row, Facts>(
  { on, search, link, drawnBy, searchedBy }: ShownColumn<Row, Facts>,
  isTitle: boolean,
) {
  const words = search?.by === 'WORD' ? search.words : undefined;
  return {
    // AdminJS puts it first; by itself it would take an email or a subject for it
    isTitle,
    isVisible: {
      list: on.includes('list'),
      show: on.includes('show'),
      filter: search !== undefined,
      edit: false,
    },
    ...(words
      ? {
          availableValues: Object.entries(words).map(([value, { label }]) => ({ value, label })),
          custom: { words },
          components: { list: COMPONENTS.word, show: COMPONENTS.word, filter: COMPONENTS.wordFilter },
        }
      : {}),
    ...(searchedBy ? { components: { filter: searchedBy } } : {}),
    ...(drawnBy ? { components: { show: drawnBy } } : {}),
    ...(link ? { components: { list: COMPONENTS.linked, show: COMPONENTS.linked } } : {}),
    ...(search?.by === 'DAYS' ? { components: { filter: COMPONENTS.days } } : {}),
  };
}
