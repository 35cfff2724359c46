/** What the parts of the page of venue windows speak of. */
export const TOOL = 'venue-windows';
export const KINDS = [
  ['WRITTEN', '笔试'],
  ['ORAL', '口试'],
] as const;
export type Kind = (typeof KINDS)[number][0];

export type Window = {
  opensAt: string | null;
  closesAt: string | null;
  mixed: boolean;
  subjects: number;
  capacity: number;
  taken: number;
  waiting: number;
};
export type Campus = {
  code: string;
  name: string;
  schoolCode: string;
  schoolName: string;
  city: string | null;
  windows: Partial<Record<Kind, Window>>;
};
