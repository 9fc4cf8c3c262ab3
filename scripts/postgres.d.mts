export function findPostgres(): string | null
export function getPostgres(): string | null
