/** The name beside a record's own under which its page finds which version of the row it shows. */
export const VERSION_PARAM = 'version@';
