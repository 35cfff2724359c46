import type { ObjectLiteral } from 'typeorm';
import type { StaffActor } from '../../kernel/actor.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { type NavigationSection, SECTIONS, type Section } from './navigation.js';
import type { NounAction } from './noun-action.js';
import type { PanelUser } from './panel-user.js';
import type { ShownNoun } from './shown-noun.js';
import type { Tool } from './tool.js';

// biome-ignore lint/suspicious/noExplicitAny: what rows and facts a noun has is its own affair
export type AnyNoun = ShownNoun<any, any>;

/** Everything the back office shows and does, and what of it is whose. `contents.ts` lists it. */
export class PanelContents {
  constructor(
    readonly nouns: readonly AnyNoun[],
    readonly tools: readonly Tool[],
  ) {
    const ids = [...nouns, ...tools].map(({ id }) => id);
    const twice = ids.find((id, i) => ids.indexOf(id) !== i);
    if (twice) throw new Error(`Two things of the back office are called ${twice}.`);
  }

  /** @throws NOT_FOUND when there is none, or none for this user */
  noun(id: string | undefined, user: PanelUser): AnyNoun {
    const noun = this.nouns.find((known) => known.id === id);
    if (!noun?.seenBy.includes(user.actor.role)) throw NOT_FOUND();
    return noun;
  }

  /** @throws NOT_FOUND, NOT_YOUR_ROLE */
  action(nounId: string | undefined, name: string | undefined, user: PanelUser): NounAction<ObjectLiteral> {
    const action = this.noun(nounId, user).actions?.find((known) => known.name === name);
    if (!action) throw NOT_FOUND();
    onlyStaffOf(user.actor, ...action.roles);
    return action;
  }

  /** @throws NOT_FOUND when there is none, or none for this user */
  tool(id: string | undefined, user: PanelUser): Tool {
    const tool = this.tools.find((known) => known.id === id);
    if (!tool?.roles.includes(user.actor.role)) throw NOT_FOUND();
    return tool;
  }

  /** Is there such a noun or tool, and not for this user? They are told that there is none. */
  isForOthers({ noun, tool }: { noun?: string; tool?: string }, { actor: { role } }: PanelUser): boolean {
    const named = [
      ...this.nouns.filter(({ id }) => id === noun).map(({ seenBy }) => seenBy),
      ...this.tools.filter(({ id }) => id === tool).map(({ roles }) => roles),
    ];
    return named.some((roles) => !roles.includes(role));
  }

  /** The side bar of one user. */
  navigation({ role }: StaffActor): NavigationSection[] {
    const things = [
      ...this.nouns
        .filter(({ seenBy }) => seenBy.includes(role))
        .map(({ id, section, name, icon }) => ({ section, name, icon, place: `resources/${id}` })),
      ...this.tools
        .filter(({ roles }) => roles.includes(role))
        .map(({ id, section, name, icon }) => ({ section, name, icon, place: `pages/${id}` })),
    ];
    return (Object.keys(SECTIONS) as Section[])
      .map((section) => ({
        label: SECTIONS[section],
        items: things
          .filter((thing) => thing.section === section)
          .map(({ name, icon, place }) => ({ label: name, icon, href: `/admin/${place}` })),
      }))
      .filter(({ items }) => items.length > 0);
  }
}
