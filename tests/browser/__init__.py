"""The practical guide, followed in a real browser on a running portal.

Steps 1 and 2, sign in and open Estados de cuenta: test_step_1_sign_in.
Step 3, search: test_step_3_filters, test_step_3_criteria.
Step 4, results: test_step_4_results (rows, totals, order, pages, states, warning, one cuota),
test_step_4_papers (vouchers, settlements), test_step_4_downloads (files as the screen showed).
Step 5, reports: test_step_5_reports. Step 6, the guide itself: test_step_6_help.
Across all: test_everyone_can_read (axe, 320 px, both themes), test_without_javascript,
test_bad_parameters, test_hostile_names. Every visit ends in conftest.Visits.end, which refuses
a request that left the site and anything that the browser complained about.
"""
