"""The views of models.py. With security_invoker a reader meets the row security below."""

from django.db import migrations

from corredores.database.roles import LIMITED, WEB

# One contract is one policy, plan and certificate. Endorsements bill the same months again, on
# purpose, so each is a series of its own; the cuotas of one yearly period are peers.
HEALTH_PERIOD = """
create view reports_healthperiod with (security_invoker = true) as
select id, brokerage_id, line, external_id, policy_number, product_code, product, certificate,
       endorsement, branch, policyholder_id, policyholder_doc_type, policyholder_doc_number,
       number, count, coverage_start, coverage_end, due_on, status, currency, total, balance,
       voucher_number, voucher_issued_on,
       max(coverage_end) over (
           partition by brokerage_id, line, product_code, policy_number, certificate, endorsement
           order by coverage_start, coverage_end
           groups between unbounded preceding and 1 preceding
       ) as earlier_end,
       count(*) over (
           partition by brokerage_id, line, product_code, policy_number, certificate,
                        endorsement, coverage_start, coverage_end, number
       )::integer as times
from installments_installment
where line = 'SALUD' and status not in ('ANULADA', 'REPROGRAMADA')
"""

# A cuota undone by a credit note counts once: as the note.
REVERSAL = """
create view reports_reversal with (security_invoker = true) as
select 'N' || v.id as id, v.brokerage_id, v.line, 'NOTA_CREDITO' as kind, v.issued_on,
       v.full_number as document, v.modifies, v.reason, v.installment_external_id as external_id,
       v.policy_number, coalesce(i.product_code, '') as product_code,
       coalesce(nullif(v.product, ''), i.product, '') as product,
       coalesce(i.branch, '') as branch, v.customer_doc_type as doc_type,
       v.customer_doc_number as doc_number, v.customer_name as name, v.currency,
       -v.total as amount,
       round(case when v.currency = i.currency
                  then -abs(i.commission_amount * v.total / nullif(i.total, 0)) end, 2) as commission
from vouchers_voucher v
left join installments_installment i
       on i.external_id = v.installment_external_id and i.brokerage_id = v.brokerage_id
      and v.installment_external_id <> ''
where v.type = '07' and v.status in ('EMITIDO', 'ACEPTADO')
union all
select 'C' || i.id, i.brokerage_id, i.line,
       case when i.status = 'ANULADA' then 'ANULACION' else 'DEVOLUCION' end, i.issued_on,
       '', i.voucher_number, '', i.external_id, i.policy_number, i.product_code, i.product,
       i.branch, i.policyholder_doc_type, i.policyholder_doc_number, i.policyholder_name,
       i.currency, -abs(i.total), -abs(i.commission_amount)
from installments_installment i
where ((i.status = 'ANULADA' and i.total > 0)
       or (i.total < 0 and i.status not in ('ANULADA', 'REPROGRAMADA')))
  and not exists (
      select from vouchers_voucher v
      where v.installment_external_id = i.external_id and v.brokerage_id = i.brokerage_id
        and v.installment_external_id <> ''
        and v.type = '07' and v.status in ('EMITIDO', 'ACEPTADO'))
"""


def view(name: str, sql: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"{sql}; grant select on {name} to {WEB}, {LIMITED}", f"drop view {name}"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0001_initial"),
        ("installments", "0002_row_security"),
        ("vouchers", "0002_row_security"),
    ]
    operations = [
        view("reports_healthperiod", HEALTH_PERIOD),
        view("reports_reversal", REVERSAL),
    ]
