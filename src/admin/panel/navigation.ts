/** The groups of the side bar, in their order. */
export const SECTIONS = {
  EXAM: '考务安排',
  CANDIDATES: '考生与资格',
  REGISTRATION: '报名与支付',
  OFFICE: '系统管理',
} as const;
export type Section = keyof typeof SECTIONS;

/** A line of the side bar. */
export interface NavigationItem {
  readonly label: string;
  readonly icon: string;
  readonly href: string;
}

export interface NavigationSection {
  readonly label: string;
  readonly items: readonly NavigationItem[];
}
