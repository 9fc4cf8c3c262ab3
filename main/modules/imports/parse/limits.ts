export { MAX_FILE_BYTES } from '../../../../shared/contract/imports.ts'

/** Of everything inside an .xlsx once unpacked: a small file may unpack to a disk full of nothing. */
export const MAX_UNPACKED_BYTES = 512 * 1024 * 1024
/** UTF-16 units; Excel's own limit is 32,767. */
export const MAX_CELL = 32_767
export const MAX_COLUMNS = 500
