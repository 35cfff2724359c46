import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The 12 points of 报名协议, as [004 五] gives them. */
const POINTS_ZH = [
  '本报名网站的所有权归教育部考试中心所有，考生必须完全同意本协议条款，方可进行网上报名。',
  '考生本人已认真阅读并同意遵守本网站提供的报名流程及考生须知。',
  '考生本人保证报名时个人信息资料真实、正确，并将对个人信息不真实或不正确而导致无法参加考试以及其它直接或间接的后果负责。',
  '考生本人理解并同意，在报名过程中出现不可抗力所引起的无法正常报名的情况，本网站不承担任何直接或间接的责任。',
  '考生本人理解并同意，网上支付系统由支付平台所有并运营，在付费过程中由于支付平台网上系统问题导致的任何异常情况，本网站不承担任何直接或间接责任。',
  '考生本人理解并同意，在报名成功后，因本网站系统出现问题影响考生本人参加考试，本网站可能提供的补偿仅限于帮助安排重新报名或全额退还报名费，不承担任何其它连带赔偿责任。',
  '考生本人理解并同意，考生最终参加考试的考点和时间以考生领取的准考证上注明的考点和时间为准。',
  '报名程序如有任何变化，请以本网站公告为准。',
  '本报名网站所收集的考生个人信息数据仅限于全国大学英语四、六级考试报名，考生同意教育部考试中心按考务流程获取、处理、存储个人信息数据。',
  '已阅读并透彻地理解了全国大学英语四、六级考试的有关规定和纪律要求，愿意在考试中自觉遵守这些规定，保证按规定的程序和要求参加考试，如有违反，自愿按《国家教育考试违规处理办法》有关条款接受处理。',
  '遵守全国大学英语四、六级考试有关报名规定，不弄虚作假，不伪造、使用假证明、假证书。如有违反，自愿按规定接受处理。',
  '服从考场工作人员和监考教师管理，自觉遵守考试纪律，考试诚实守信，不违规，不作弊。',
];

const POINTS_EN = [
  'This registration site belongs to the National Education Examinations Authority; only a candidate who agrees to all of these terms may register online.',
  'I have read, and agree to follow, the registration procedure and the notes for candidates given on this site.',
  'I warrant that the personal details I give are true and correct, and answer for being unable to sit the examination, and for any other direct or indirect consequence, if they are not.',
  'I understand that this site is not liable, directly or indirectly, when force majeure keeps registration from working normally.',
  'I understand that the online payment system is owned and run by the payment platform, and that this site is not liable, directly or indirectly, for irregularities caused by that platform.',
  'I understand that if, after a completed registration, a fault of this site affects my sitting the examination, what this site may offer is limited to helping me register again or refunding the fee in full.',
  'I understand that the venue and time of my examination are those printed on my admission ticket.',
  'Changes to the registration procedure are announced on this site, whose announcements prevail.',
  'The personal data collected here is used only for registration for the College English Test; I agree that the Authority obtains, processes and stores it for that purpose.',
  'I have read and fully understood the rules and discipline of the College English Test, will observe them, follow the prescribed procedure, and accept being dealt with under the Measures for Handling Violations in National Education Examinations if I do not.',
  'I will follow the registration rules, and will not cheat, forge, or use false documents or certificates; if I do, I accept being dealt with under the rules.',
  'I will obey the examination staff and invigilators, keep discipline, be honest, and not cheat.',
];

const numbered = (points: readonly string[]) => points.map((point, i) => `${i + 1}. ${point}`).join('\n');

/** Version 1 of the agreement, so that a fresh installation has one to accept (R-QU-1). */
export class PublishAgreement1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'INSERT INTO agreement (version, text_zh, text_en, published_at) VALUES (?, ?, ?, ?)',
      [1, numbered(POINTS_ZH), numbered(POINTS_EN), '2022-10-31 03:30:00.000'],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM agreement WHERE version = 1');
  }
}
