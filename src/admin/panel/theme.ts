/** The looks of the back office: fonts of the reader's own machine, the colours of our sign-in and front page. */
export const THEME: object = {
  font: '"PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif',
  colors: {
    text: '#1b2433',
    grey60: '#5b6676',
    primary100: '#1d4f91',
    primary80: '#3a6fb5',
    primary60: '#7fa3d3',
    primary40: '#b5cbe8',
    primary20: '#e3ecf7',
    info: '#1d4f91',
    infoDark: '#1d4f91',
    infoLight: '#e3ecf7',
    love: '#1d4f91',
  },
  sizes: { sidebarWidth: '240px' },
  // from the last step on the side bar stands open; the shipped 1324px would hide it on a small notebook
  breakpoints: ['577px', '769px', '1024px', '1200px'],
};
