/** Surnames of two candidates in three, names among the commonest, and words that stand in front of numbers here. */
const STEMS =
  `wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang
deng han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lv ding ren lu yao shen zhong cui tan
fan liao shi jin jia xia fu fang zou xiong bai meng qin qiu hou xue lei duan long tao
zhangwei wangwei wangfang liwei lina zhangmin lijing wangjing liuwei zhangli xiaoming lilei hanmeimei
woaini woaiwo woai wo aini iloveyou loveyou love nihao beijing shanghai zhongguo china student xuesheng daxue kaoshi
yingyu siji liuji siliuji cet cet4 cet6 mima admin qq a aa aaa q w asd abc qwe qaz zxc asdf qwer wasd`.split(
    /\s+/,
  );

/** And the numbers behind them: 520 and 1314 sound like love, 8 like fortune. */
const TAILS =
  `123 1234 12345 123456 1234567 12345678 123456789 1234567890 321 654321 000 111 222 333 666 777 888 999 000000
111111 666666 888888 123123 112233 520 521 1314 5201314 1314520 520520 520521 2008 2018 2019 2020 2021 2022 2023 2024 2025
2026 2027 2028`.split(/\s+/);

/**
 * Passwords that are common here and that the list, which was gathered mostly elsewhere and years ago, has late or not
 * at all: a stem, a number, or both, either first.
 */
export function commonHere(): string[] {
  return [
    ...STEMS.flatMap((stem) => [stem, ...TAILS.flatMap((tail) => [stem + tail, tail + stem])]),
    ...TAILS.flatMap((tail) => TAILS.map((other) => tail + other)),
    '111222tianya',
    'dearbook',
    'woaibaobao',
    'woaimama',
    'buzhidao',
    'wangjile',
  ];
}
