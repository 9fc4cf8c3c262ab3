/**
 * The tables (SYNC.md 6), for PostgreSQL 15 and later and for PGlite alike. Cells and fields are text, not jsonb: they go through as they
 * came (jsonb refuses \u0000 and lone surrogates, which a text of a person may hold), and nothing is parsed outside the merge. Reports cast.
 * All keys begin with the tenant. tests/server/security.test.ts holds that every table with a tenant is under row-level security.
 */
export const TENANT_TABLES = [
  'tenant',
  'mark',
  'device',
  'member',
  'scope',
  'site',
  'author',
  'manifest',
  'invite',
  'batch',
  'op',
  'state',
  'conflict',
  'scope_exit',
] as const

export const SCHEMA = `
CREATE TABLE IF NOT EXISTS server_secret (name text PRIMARY KEY, value text NOT NULL);
CREATE TABLE IF NOT EXISTS directory (tenant uuid PRIMARY KEY);
CREATE TABLE IF NOT EXISTS invite_tenant (code text PRIMARY KEY, tenant uuid NOT NULL);
CREATE TABLE IF NOT EXISTS tenant (tenant uuid PRIMARY KEY, head bigint NOT NULL DEFAULT 0, epoch uuid NOT NULL, mark text NOT NULL DEFAULT '', created bigint NOT NULL, facts text NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS mark (tenant uuid NOT NULL, head bigint NOT NULL, mark text NOT NULL, PRIMARY KEY (tenant, head));
CREATE TABLE IF NOT EXISTS device (
  tenant uuid NOT NULL, id uuid NOT NULL, user_id uuid NOT NULL, name text NOT NULL, platform text NOT NULL, key text NOT NULL,
  token text NOT NULL, before text NOT NULL, gen bigint NOT NULL, registered bigint NOT NULL, seen bigint NOT NULL, revoked bigint, why text, recipient text,
  PRIMARY KEY (tenant, id));
CREATE TABLE IF NOT EXISTS member (tenant uuid NOT NULL, user_id uuid NOT NULL, role text NOT NULL, scopes text NOT NULL, PRIMARY KEY (tenant, user_id));
CREATE TABLE IF NOT EXISTS scope (tenant uuid NOT NULL, id int NOT NULL, PRIMARY KEY (tenant, id));
CREATE TABLE IF NOT EXISTS site (
  tenant uuid NOT NULL, id uuid NOT NULL, device uuid NOT NULL, parent uuid, fork bigint NOT NULL, last bigint NOT NULL, hash text NOT NULL,
  PRIMARY KEY (tenant, id));
CREATE TABLE IF NOT EXISTS author (tenant uuid NOT NULL, n int NOT NULL, site uuid NOT NULL, user_id uuid, PRIMARY KEY (tenant, n));
CREATE TABLE IF NOT EXISTS manifest (tenant uuid NOT NULL, hash text NOT NULL, sv int NOT NULL, body text NOT NULL, PRIMARY KEY (tenant, hash));
CREATE TABLE IF NOT EXISTS invite (
  tenant uuid NOT NULL, code text NOT NULL, user_id uuid, role text NOT NULL, scopes text, expires bigint NOT NULL, used uuid,
  PRIMARY KEY (tenant, code));
CREATE TABLE IF NOT EXISTS batch (
  tenant uuid NOT NULL, site uuid NOT NULL, from_own bigint NOT NULL, to_own bigint NOT NULL, hash text NOT NULL, result text NOT NULL,
  at bigint NOT NULL, PRIMARY KEY (tenant, site, from_own));
CREATE TABLE IF NOT EXISTS op (
  tenant uuid NOT NULL, seq bigint NOT NULL, site uuid NOT NULL, own bigint NOT NULL, author int NOT NULL, tbl int2 NOT NULL, rid uuid NOT NULL,
  kind int2 NOT NULL, hlc bigint NOT NULL, base bigint NOT NULL, f text NOT NULL, root uuid, code text,
  PRIMARY KEY (tenant, seq), UNIQUE (tenant, site, own));
CREATE TABLE IF NOT EXISTS state (
  tenant uuid NOT NULL, tbl int2 NOT NULL, rid uuid NOT NULL, root uuid NOT NULL, scope int NOT NULL, seq bigint NOT NULL, f text NOT NULL,
  PRIMARY KEY (tenant, tbl, rid));
CREATE INDEX IF NOT EXISTS state_by_scope ON state (tenant, scope, seq);
CREATE INDEX IF NOT EXISTS state_by_root ON state (tenant, root);
CREATE TABLE IF NOT EXISTS conflict (
  tenant uuid NOT NULL, id uuid NOT NULL, seq bigint NOT NULL, tbl int2 NOT NULL, rid uuid NOT NULL, fid int NOT NULL, class text NOT NULL,
  win text NOT NULL, lose text NOT NULL, PRIMARY KEY (tenant, id));
CREATE INDEX IF NOT EXISTS conflict_by_seq ON conflict (tenant, seq);
CREATE INDEX IF NOT EXISTS conflict_by_row ON conflict (tenant, tbl, rid);
CREATE TABLE IF NOT EXISTS scope_exit (
  tenant uuid NOT NULL, scope int NOT NULL, seq bigint NOT NULL, tbl int2 NOT NULL, rid uuid NOT NULL, PRIMARY KEY (tenant, scope, seq, tbl, rid));
`

/**
 * What every request begins with is remembered by the server's processes (remembered.ts); whatever changes it, also by hand, gives the business new
 * facts. A push tells itself by its mark: of a site only last and hash move with it.
 */
const FACTS = ['device', 'member', 'scope', 'manifest']
export const WATCH = `
CREATE OR REPLACE FUNCTION new_facts() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  UPDATE tenant SET facts = gen_random_uuid()::text WHERE tenant = coalesce(NEW.tenant, OLD.tenant);
  RETURN NULL;
END $$;
${FACTS.map(
  (t) =>
    `CREATE OR REPLACE TRIGGER facts AFTER INSERT OR UPDATE OR DELETE ON ${t} FOR EACH ROW EXECUTE FUNCTION new_facts();`,
).join('\n')}
CREATE OR REPLACE TRIGGER facts AFTER INSERT OR DELETE ON site FOR EACH ROW EXECUTE FUNCTION new_facts();
CREATE OR REPLACE TRIGGER facts_moved AFTER UPDATE ON site FOR EACH ROW
  WHEN ((OLD.id, OLD.device, OLD.parent, OLD.fork) IS DISTINCT FROM (NEW.id, NEW.device, NEW.parent, NEW.fork)) EXECUTE FUNCTION new_facts();
`

/**
 * The role every tenant's transaction switches to. It may not go around row-level security, which the owner of a database of PGlite, and
 * a superuser, would: hence the switch (SYNC.md 6).
 */
export const ROLE = 'sync_app'
export const SECURITY = `
DO $$ BEGIN CREATE ROLE ${ROLE} NOLOGIN NOBYPASSRLS; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN
  IF NOT pg_has_role(current_user, '${ROLE}', 'MEMBER') THEN EXECUTE format('GRANT ${ROLE} TO %I', current_user); END IF;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO ${ROLE}', current_schema());
END $$;
${TENANT_TABLES.map(
  (t) => `
GRANT SELECT, INSERT, UPDATE ON ${t} TO ${ROLE};
ALTER TABLE ${t} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${t} FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own ON ${t};
CREATE POLICY own ON ${t} TO ${ROLE} USING (tenant = current_setting('app.tenant')::uuid) WITH CHECK (tenant = current_setting('app.tenant')::uuid);`,
).join('')}
GRANT DELETE ON batch TO ${ROLE};
GRANT INSERT ON invite_tenant TO ${ROLE};
`

/** For tests that use one database many times. */
export const EMPTY = `TRUNCATE ${TENANT_TABLES.join(', ')}, invite_tenant, directory, server_secret`
