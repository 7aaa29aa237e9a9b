"""The workbench in the browser: shows the study, calls its acts."""
