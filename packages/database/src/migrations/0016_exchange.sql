-- What the Office 365 side shall be like, and what was seen there last.
create table exchange_sides (
  organisation_id uuid primary key references organisations,
  filtering text not null default 'enhanced',
  junk_rule boolean not null default true,
  checked_at timestamptz(3),
  -- yes, no, attested (an administrator says so), unknown (we may not look)
  established text,
  detail text,
  -- Since when it has been as it should; null: never was. What is gone afterwards was taken away by somebody.
  established_at timestamptz(3)
);

-- What was changed there for us, with what was there before: uninstalling takes back exactly this.
create table exchange_changes (
  organisation_id uuid not null references organisations,
  id uuid not null,
  at timestamptz(3) not null,
  actor text not null,
  way text not null,
  state text not null,
  step jsonb not null,
  primary key (organisation_id, id)
);

do $$
declare
  target text;
begin
  foreach target in array array['exchange_sides', 'exchange_changes'] loop
    execute format('alter table public.%I enable row level security', target);
    execute format('alter table public.%I force row level security', target);
    execute format(
      'create policy organisation on public.%I for all to holdfast_app
         using (organisation_id = current_setting(''holdfast.organisation_id'')::uuid)
         with check (organisation_id = current_setting(''holdfast.organisation_id'')::uuid)', target);
    execute format('create policy system on public.%I for all to holdfast_system using (true) with check (true)', target);
    execute format('grant select, insert, update, delete on public.%I to holdfast_app, holdfast_system', target);
  end loop;
end
$$;

-- The step of the installation that put our addresses on the allow list does more now; what it had added stays ours.
set local role holdfast_system;
insert into exchange_changes (organisation_id, id, at, actor, way, state, step)
select organisation_id, gen_random_uuid(), at, 'system', 'directly', 'done',
  jsonb_build_object('kind', 'allow-addresses', 'addresses', added)
from installation_steps
where step = 'allow-addresses' and jsonb_array_length(added) > 0;
update installation_steps set step = 'exchange' where step = 'allow-addresses';
reset role;
