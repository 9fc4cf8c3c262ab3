export type ParseErrorCode =
  | 'EMPTY_FILE'
  | 'FILE_TOO_LARGE'
  | 'UNKNOWN_FORMAT'
  | 'WRONG_ENCODING'
  | 'BROKEN_FILE'
  | 'PROTECTED_FILE'
  | 'UNPACKS_TOO_LARGE'
  | 'NO_ROWS'

/** Why a file cannot be read at all; the code is one of `imports.stage`. */
export class ParseError extends Error {
  readonly code: ParseErrorCode
  constructor(code: ParseErrorCode) {
    super(code)
    this.code = code
  }
}
