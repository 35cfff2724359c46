import { Box, ValueGroup } from '@adminjs/design-system';
import { type ShowPropertyProps, useTranslation } from 'adminjs';
import { downloadUrl } from './panel-api';

/** How a list or page says that there is nothing. */
const NONE = '—';

const FRAME = {
  width: 105,
  height: 135,
  borderRadius: 4,
  border: '1px solid #d6dce5',
  objectFit: 'cover',
} as const;

/** A student's photo, asked for with the session of whoever looks at it; a dotted frame where there is none. */
export default function StudentPhoto({ property, record, resource }: ShowPropertyProps) {
  const { translateProperty } = useTranslation();
  const recordId = String(record.params[property.path]);
  return (
    <ValueGroup label={translateProperty(property.label, resource.id)}>
      {recordId === NONE ? (
        <Box
          flex
          alignItems="center"
          justifyContent="center"
          color="grey60"
          style={{ ...FRAME, borderStyle: 'dashed' }}
        >
          未上传
        </Box>
      ) : (
        <img src={downloadUrl('cet6-queue', 'photo', { recordId })} alt="考生照片" style={FRAME} />
      )}
    </ValueGroup>
  );
}
