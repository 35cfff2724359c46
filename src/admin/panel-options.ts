import { Injectable } from '@nestjs/common';
import type { ObjectLiteral } from 'typeorm';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { AdminJSOptions, BrandingOptions, ResourceWithOptions } from './adminjs.js';
import { ShownCet6Reviews } from './cet6-reviews.js';
import { COMPONENTS, componentLoader } from './components.js';
import type { PanelUser } from './panel-user.js';
import { ShownRegistrations } from './registrations.js';
import { ScopedResource } from './scoped.resource.js';
import { ShowDashboard } from './show-dashboard.use-case.js';
import type { ShownColumn, ShownNoun } from './shown-noun.js';
import { PANEL_PATH } from './staff-door.js';
import { THEME } from './theme.js';
import { TRANSLATIONS } from './translations.js';

/** The back office as AdminJS is told of it: its looks, its language, its nouns. */
@Injectable()
export class PanelOptions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registrations: ShownRegistrations,
    private readonly reviews: ShownCet6Reviews,
    private readonly dashboard: ShowDashboard,
  ) {}

  make(): AdminJSOptions {
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
      locale: {
        language: 'zh-CN',
        availableLanguages: ['zh-CN'],
        translations: { 'zh-CN': TRANSLATIONS },
      },
      resources: [this.readOnly(this.registrations), this.readOnly(this.reviews)],
    };
  }

  /** A noun that is listed, searched and looked at; everything that would write is off, for everybody. */
  private readOnly<Row extends ObjectLiteral, Facts>(noun: ShownNoun<Row, Facts>): ResourceWithOptions {
    const off = { isAccessible: false, isVisible: false };
    const sorted = noun.columns.find(({ sortable }) => sortable);
    const labels = Object.fromEntries(noun.columns.map(({ name, label }) => [name, label]));
    return {
      resource: new ScopedResource(noun, this.unitOfWork),
      options: {
        navigation: { name: null, icon: noun.icon },
        ...(sorted ? { sort: { sortBy: sorted.name, direction: 'desc' } } : {}),
        actions: {
          list: { containerWidth: '100%' },
          show: { icon: 'Eye', containerWidth: ['100%', '100%', '100%', '900px'] },
          new: off,
          edit: off,
          delete: off,
          bulkDelete: off,
        },
        properties: {
          id: { isVisible: false },
          ...Object.fromEntries(noun.columns.map((column) => [column.name, propertyOptions(column)])),
        },
        translations: {
          'zh-CN': {
            labels: { [noun.id]: noun.name },
            properties: labels,
            actions: { list: noun.name, show: `${noun.name}详情` },
          },
        },
      },
    };
  }
}

function propertyOptions<Row, Facts>({ on, search }: ShownColumn<Row, Facts>) {
  const words = search?.by === 'WORD' ? search.words : undefined;
  return {
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
    ...(search?.by === 'DAYS' ? { components: { filter: COMPONENTS.days } } : {}),
  };
}
