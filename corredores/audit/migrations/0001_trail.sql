create table audit_event (
    id bigint primary key,
    at timestamptz not null,
    action varchar(20) not null,
    user_id bigint,
    username varchar(254) not null,
    brokerage_id bigint,
    brokerage_name varchar(1500) not null,
    object varchar(300) not null,
    details jsonb not null,
    rows bigint,
    subjects bigint[] not null,
    address varchar(45) not null,
    agent varchar(200) not null,
    reference varchar(16) not null,
    previous bytea not null,
    hash bytea not null
);
create index audit_event_when on audit_event (at);
create index audit_event_where on audit_event (brokerage_id, at);
create index audit_event_who on audit_event (user_id, at);
create index audit_event_whose on audit_event using gin (subjects);

-- Where the chain ends, and with what it begins since the last purge. Always one row.
create table audit_head (
    position bigint not null,
    hash bytea not null,
    first_position bigint not null,
    first_previous bytea not null
);
create unique index audit_head_single on audit_head ((true));
insert into audit_head values (0, '\x00', 1, '\x00');

-- What a line is worth: SHA-256 of the line before and of every column, in this order.
-- Columns that a later version adds go into a digest of their own: old lines must still verify.
create function audit_digest(line audit_event) returns bytea
language sql immutable set search_path = pg_catalog, public as $$
    select sha256(line.previous || convert_to(jsonb_build_array(
        line.id, extract(epoch from line.at), line.action, line.user_id, line.username,
        line.brokerage_id, line.brokerage_name, line.object, line.details, line.rows,
        line.subjects, line.address, line.agent, line.reference)::text, 'UTF8'))
$$;

-- The row lock on the head puts lines in one order, without gaps, until their commit.
-- SECURITY DEFINER: who writes a line neither reads nor moves the head.
create function audit_seal() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
declare head audit_head;
begin
    select * into head from audit_head for update;
    new.id := head.position + 1;
    new.previous := head.hash;
    new.at := coalesce(new.at, clock_timestamp());
    new.hash := audit_digest(new);
    update audit_head set position = new.id, hash = new.hash;
    return new;
end
$$;
create trigger audit_seal before insert on audit_event for each row execute function audit_seal();

create function audit_refuse() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
    if tg_op = 'DELETE' and current_setting('corredores.audit_purge', true) = 'on' then
        return old;
    end if;
    raise exception 'the audit trail is append-only';
end
$$;
create trigger audit_refuse before update or delete on audit_event
    for each row execute function audit_refuse();
create trigger audit_refuse_truncate before truncate on audit_event
    for each statement execute function audit_refuse();

-- The one way out: the oldest lines, together, leaving behind where the chain then begins.
create function audit_purge(before timestamptz) returns bigint
language plpgsql set search_path = pg_catalog, public as $$
declare
    last bigint;
    purged bigint;
begin
    perform from audit_head for update;
    select coalesce((select min(id) - 1 from audit_event where at >= before),
                    (select max(id) from audit_event)) into last;
    perform set_config('corredores.audit_purge', 'on', true);
    update audit_head set first_position = last + 1, first_previous = line.hash
        from audit_event line where line.id = last;
    delete from audit_event where id <= last;
    get diagnostics purged = row_count;
    perform set_config('corredores.audit_purge', '', true);
    return purged;
end
$$;
revoke execute on function audit_purge(timestamptz) from public;

-- Places of the chain that do not hold: a line that was changed, is missing, or was added.
create function audit_breaks(most integer) returns table (id bigint, reason text)
language sql stable set search_path = pg_catalog, public as $$
    with line as (
        select e.id, e.previous, e.hash, audit_digest(e) as digest,
               lag(e.id) over chain as id_before, lag(e.hash) over chain as hash_before
        from audit_event e window chain as (order by e.id)
    ), found as (
        select line.id, case
            when line.hash <> line.digest then 'changed'
            when line.id <> coalesce(line.id_before + 1, head.first_position) then 'gap'
            when line.previous <> coalesce(line.hash_before, head.first_previous) then 'unlinked'
        end as reason from line, audit_head head
        union all
        select head.position, 'end missing' from audit_head head
        where head.position >= head.first_position and not exists (
            select from audit_event e where e.id = head.position and e.hash = head.hash)
    )
    select found.id, found.reason from found where found.reason is not null order by 1 limit most
$$;
revoke execute on function audit_breaks(integer) from public;
