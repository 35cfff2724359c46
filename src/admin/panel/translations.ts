/** What the shipped zh-CN lacks or says badly, as far as anything here shows it. */
export const TRANSLATIONS = {
  actions: { show: '查看', list: '列表' },
  buttons: {
    filter: '筛选',
    filterActive: '筛选（{{count}}）',
    applyChanges: '查询',
    resetFilter: '清空条件',
    logout: '退出登录',
    cancel: '取消',
    confirm: '确定',
  },
  labels: { navigation: '导航', dashboard: '首页', filters: '筛选条件' },
  properties: { from: '从', to: '到' },
  messages: {
    noRecords: '没有记录',
    noRecordsInResource: '目前没有内容。如果设置了筛选条件，可以放宽后再查。',
    anyForbiddenError: '您没有进行此操作的权限',
    forbiddenError: '您没有进行此操作的权限',
    errorFetchingRecords: '数据加载失败。登录可能已过期，请刷新页面后重试。',
    errorFetchingRecord: '没有找到这条记录，或登录已过期，请刷新页面后重试。',
    error404Resource: '没有这个栏目',
    error404Action: '没有找到这条记录或这项操作，它可能不存在，或不在您的管辖范围内',
    error404Record: '没有找到这条记录，它可能不存在或不在您的管辖范围内',
    pageNotFound_title: '找不到页面',
    pageNotFound_subtitle: '您访问的页面不存在',
  },
};
