import { runIn, type SharedPostgres } from "./postgres-server.ts";

/** Where tests get databases, each its own. */
export interface Databases {
  take(): Promise<string>;
  /** Nobody uses it any more. */
  giveBack(url: string): Promise<void>;
}

/** Databases without any table. */
export function createFreshDatabases(server: SharedPostgres): Databases {
  return { take: server.createDatabase, giveBack: async () => {} };
}

/** Tells the tables and their indexes apart from what somebody made of them. */
const shape = `select string_agg(concat_ws(' ', relname, relkind, relnatts, relchecks, relhastriggers), ', ' order by relname)
  as shape from pg_class where relnamespace = 'public'::regnamespace`;

/** Keeps the rows that are there from the beginning. */
const keeping = `create schema made;
  do $$ declare name text; begin
    for name in select tablename from pg_tables where schemaname = 'public' loop
      execute format('create table made.%1$I as table public.%1$I', name);
    end loop;
  end $$`;

// A store that was not closed may hold a lock: then it fails after a while, and says so.
const emptying = `set lock_timeout = '5s';
  do $$ declare name text; begin
    for name in select tablename from pg_tables where schemaname = 'public' loop
      execute format('delete from public.%1$I', name);
      execute format('insert into public.%1$I select * from made.%1$I', name);
    end loop;
  end $$`;

/**
 * Databases that have the tables of the store, as they are when it is new. Those that were given back are emptied and used again, which is
 * ten times as quick as making one, unless their tables have become others.
 * @param make makes the tables
 */
export function createUsedDatabases(server: SharedPostgres, make: (url: string) => Promise<void>): Databases {
  const free: string[] = [];
  let asMade: string | undefined;
  const shapeOf = async (url: string): Promise<string> => JSON.stringify(await runIn(url, shape));

  return {
    async take() {
      const used = free.pop();
      if (used !== undefined) {
        return used;
      }
      const url = await server.createDatabase();
      await make(url);
      await runIn(url, keeping);
      asMade ??= await shapeOf(url);
      return url;
    },
    async giveBack(url) {
      if ((await shapeOf(url)) === asMade) {
        await runIn(url, emptying);
        free.push(url);
      }
    },
  };
}
