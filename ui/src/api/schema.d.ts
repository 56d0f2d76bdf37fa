// Made by `npm run generate` from the server's OpenAPI document. Do not edit.

export interface paths {
    "/api/v1/account/audit/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the audit log
         * @description Who did what, newest first.
         */
        get: operations["read_audit_log_api_v1_account_audit__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/audit/export/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the audit log
         * @description All entries as a file: CSV that is safe to open in a spreadsheet program, or the same as NDJSON.
         */
        get: operations["export_audit_log_api_v1_account_audit_export__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/invitations/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List invitations
         * @description The invitations that were neither accepted nor revoked, newest first.
         */
        get: operations["list_invitations_api_v1_account_invitations__get"];
        put?: never;
        /**
         * Invite somebody
         * @description A link to hand over: whoever has it can join as this e-mail address. An earlier one for the address ends.
         */
        post: operations["invite_api_v1_account_invitations__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/invitations/{invitation_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an invitation
         * @description Make an invitation useless.
         */
        delete: operations["revoke_invitation_api_v1_account_invitations__invitation_id___delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/invitations/accept/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invitation
         * @description Become a member, and sign in. Works once.
         */
        post: operations["accept_invitation_api_v1_account_invitations_accept__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/invitations/look/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at an invitation
         * @description What an invitation is for. Changes nothing.
         */
        post: operations["look_at_invitation_api_v1_account_invitations_look__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/keys/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List keys
         * @description The keys of the organization, oldest first, with revoked and expired ones.
         */
        get: operations["list_keys_api_v1_account_keys__get"];
        put?: never;
        /**
         * Create a key
         * @description Make a key. It is shown this once.
         */
        post: operations["create_key_api_v1_account_keys__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/keys/{key_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a key
         * @description Make a key useless from now on. It stays in the list.
         */
        delete: operations["revoke_key_api_v1_account_keys__key_id___delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/me/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who am I
         * @description The person, their organizations, and what they may do in the one that they work in.
         */
        get: operations["me_api_v1_account_me__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change my name
         * @description Change what the person is called.
         */
        patch: operations["change_me_api_v1_account_me__patch"];
        trace?: never;
    };
    "/api/v1/account/members/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List members
         * @description The people of the organization, by name.
         */
        get: operations["list_members_api_v1_account_members__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/members/{user_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a member
         * @description Take a person out of the organization; their sessions here end. The last admin stays.
         */
        delete: operations["remove_member_api_v1_account_members__user_id___delete"];
        options?: never;
        head?: never;
        /**
         * Change a member's role
         * @description Make a member admin, or an admin member. Holds from their next request on. The last admin stays one.
         */
        patch: operations["change_member_api_v1_account_members__user_id___patch"];
        trace?: never;
    };
    "/api/v1/account/members/{user_id}/password_reset/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a reset link
         * @description A link with which a member sets a new password, to be handed over. Earlier ones end.
         */
        post: operations["make_reset_link_api_v1_account_members__user_id__password_reset__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/organization/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Rename the organization
         * @description Give the organization that the person works in another name.
         */
        patch: operations["rename_organization_api_v1_account_organization__patch"];
        trace?: never;
    };
    "/api/v1/account/organization/delete/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete the organization
         * @description Remove the organization with all imports, files, schemas, keys and members. Its name must be given. Keys, sessions and
         *     links stop at once; the rest goes in the background, and the session that asks goes on in another organization.
         */
        post: operations["delete_organization_api_v1_account_organization_delete__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/organization/deletions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deletions of organizations
         * @description The organizations that the person had deleted in the last seven days, newest first, and how far that is.
         */
        get: operations["list_deletions_api_v1_account_organization_deletions__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/organization/switch/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switch organization
         * @description Work in another organization of the person, in this browser.
         */
        post: operations["switch_organization_api_v1_account_organization_switch__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/organizations/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create an organization
         * @description Make another organization, with nothing in it, and become its admin.
         */
        post: operations["create_organization_api_v1_account_organizations__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/password_reset/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reset a password
         * @description Set a new password by a link that an admin made. Works once; all sessions of the person end.
         */
        post: operations["reset_password_api_v1_account_password_reset__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/password_reset/look/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at a reset link
         * @description Whose password the link sets. Changes nothing.
         */
        post: operations["look_at_reset_api_v1_account_password_reset_look__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/password/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change my password
         * @description Set a new password. All sessions of the person end; this browser gets a new one.
         */
        post: operations["change_password_api_v1_account_password__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/sessions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my sessions
         * @description The browsers in which the person is signed in, the one used last first.
         */
        get: operations["list_sessions_api_v1_account_sessions__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/sessions/{session_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a session
         * @description Sign another browser of the person out.
         */
        delete: operations["end_session_api_v1_account_sessions__session_id___delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/setup/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask whether setup is needed
         * @description Whether nobody has an account yet. Then the setup link stands in the log of the service.
         */
        get: operations["setup_state_api_v1_account_setup__get"];
        put?: never;
        /**
         * Set up
         * @description Make the first account, admin of the organization that is there from the start, and sign in.
         */
        post: operations["set_up_api_v1_account_setup__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/sign_in/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Start a session, kept in a cookie that scripts cannot read. A session that the browser had ends.
         */
        post: operations["sign_in_api_v1_account_sign_in__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/sign_out/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description End the session.
         */
        post: operations["sign_out_api_v1_account_sign_out__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboard/health/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at the service
         * @description Database, disk, workers and queues of this server.
         */
        get: operations["health_api_v1_dashboard_health__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboard/imports/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find imports
         * @description A page of the organization's imports, newest first. It may be shorter than asked for: see `searched_to`.
         */
        get: operations["find_imports_api_v1_dashboard_imports__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboard/imports/{import_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at an import
         * @description One import with its story, and its decisions in words. Not rate-limited.
         */
        get: operations["look_at_import_api_v1_dashboard_imports__import_id___get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboard/imports/{import_id}/console/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at the hooks' console
         * @description A page of what the import's hooks wrote to `console`.
         */
        get: operations["look_at_console_api_v1_dashboard_imports__import_id__console__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboard/imports/{import_id}/issues/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at an import's errors
         * @description A page of the errors, warnings and notes, in the order of the rows.
         */
        get: operations["look_at_issues_api_v1_dashboard_imports__import_id__issues__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboard/imports/{import_id}/recipe/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Save the recipe of a review
         * @description Save what `POST` proposes as the recipe of the importIdentifier, or as its next version. There is no body.
         */
        put: operations["save_recipe_api_v1_dashboard_imports__import_id__recipe__put"];
        /**
         * Propose a recipe of a review
         * @description What of the finished review could be remembered for the next file. Nothing is saved.
         */
        post: operations["propose_recipe_api_v1_dashboard_imports__import_id__recipe__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboard/imports/{import_id}/rerun/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run an import again
         * @description A new import of the same source, which runs at once; the old one stays. Counts as a created import.
         */
        post: operations["rerun_import_api_v1_dashboard_imports__import_id__rerun__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboard/imports/events/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Listen to imports
         * @description Server-sent events: `import` with one as the list shows it, `many` when it is better to ask again. Ends after
         *     five minutes; connect again then.
         */
        get: operations["import_events_api_v1_dashboard_imports_events__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboard/settings/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at settings
         * @description What the organization has set, and the operator's settings in force, without secrets.
         */
        get: operations["get_settings_api_v1_dashboard_settings__get"];
        /**
         * Change settings
         * @description Replace what the organization has set; a key that is not given gets its default.
         */
        put: operations["put_settings_api_v1_dashboard_settings__put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change some settings
         * @description Change the settings that are given; all others stay.
         */
        patch: operations["patch_settings_api_v1_dashboard_settings__patch"];
        trace?: never;
    };
    "/api/v1/dashboard/summary/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sum up imports
         * @description The organization's imports of the last days (UTC) by status, with their rows, and what stands where now.
         */
        get: operations["summary_api_v1_dashboard_summary__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deletions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List receipts
         * @description What was deleted, newest first; also organizations that you had deleted.
         */
        get: operations["list_receipts_api_v1_deletions__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deletions/{deletion_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a receipt
         * @description One receipt.
         */
        get: operations["get_receipt_api_v1_deletions__deletion_id___get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deletions/verify/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify a receipt
         * @description Whether this service signed just this receipt, however long ago and whoever has it.
         */
        post: operations["verify_receipt_api_v1_deletions_verify__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/headless/imports/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List imports
         * @description A page of the organization's imports, newest first.
         */
        get: operations["list_imports_api_v1_headless_imports__get"];
        put?: never;
        /**
         * Create an import
         * @description Create an import: of a file that is then PUT to `upload`, or of the rows in `initial_data`, which run at once.
         */
        post: operations["create_import_api_v1_headless_imports__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/headless/imports/{import_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve an import
         * @description One import with its upload URL, review link, result metadata and errors, as far as they apply.
         */
        get: operations["retrieve_import_api_v1_headless_imports__import_id___get"];
        put?: never;
        post?: never;
        /**
         * Delete an import
         * @description Remove an import with its file, result and errors. A run of it stops.
         */
        delete: operations["delete_import_api_v1_headless_imports__import_id___delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/headless/imports/{import_id}/console/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the hooks' console
         * @description A presigned URL of what the import's hooks wrote to `console`, as NDJSON: level, text, hook, position, row.
         */
        get: operations["console_url_api_v1_headless_imports__import_id__console__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/headless/imports/{import_id}/errors/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get all errors
         * @description A presigned URL of all errors, warnings and notes as NDJSON; `result_metadata` cuts the list when it is long.
         */
        get: operations["errors_url_api_v1_headless_imports__import_id__errors__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/headless/imports/{import_id}/progress/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the progress
         * @description How far the run is. Not rate-limited.
         */
        get: operations["progress_api_v1_headless_imports__import_id__progress__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/headless/imports/{import_id}/review_link/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new review link
         * @description Revoke all review links of an import that is in review, and give a new one.
         */
        post: operations["renew_link_api_v1_headless_imports__import_id__review_link__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/headless/imports/{import_id}/url/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the result
         * @description A presigned URL of the delivered rows.
         */
        get: operations["result_url_api_v1_headless_imports__import_id__url__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/headless/sftp/connectors/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List SFTP connectors
         * @description A page of the organization's connectors, newest first, each with its last run.
         */
        get: operations["list_connectors_api_v1_headless_sftp_connectors__get"];
        put?: never;
        /**
         * Create an SFTP connector
         * @description Watch a directory. Files that are there already are imported with the first run.
         */
        post: operations["create_connector_api_v1_headless_sftp_connectors__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/headless/sftp/connectors/{connector_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an SFTP connector
         * @description A connector with its last run.
         */
        get: operations["get_connector_api_v1_headless_sftp_connectors__connector_id___get"];
        /**
         * Update an SFTP connector
         * @description Replace what is set. What was imported stays known.
         */
        put: operations["update_connector_api_v1_headless_sftp_connectors__connector_id___put"];
        post?: never;
        /**
         * Delete an SFTP connector
         * @description Remove a connector with its runs and what it knows of files. Its imports stay.
         */
        delete: operations["delete_connector_api_v1_headless_sftp_connectors__connector_id___delete"];
        options?: never;
        head?: never;
        /**
         * Change an SFTP connector
         * @description Change the keys that are given, such as `{"enabled": false}` to pause it; all others stay.
         */
        patch: operations["change_connector_api_v1_headless_sftp_connectors__connector_id___patch"];
        trace?: never;
    };
    "/api/v1/headless/sftp/connectors/{connector_id}/run/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run an SFTP connector now
         * @description Look for files now, instead of waiting for the schedule.
         */
        post: operations["run_connector_api_v1_headless_sftp_connectors__connector_id__run__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/headless/sftp/connectors/{connector_id}/runs/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List runs of an SFTP connector
         * @description A page of a connector's runs, newest first.
         */
        get: operations["list_runs_api_v1_headless_sftp_connectors__connector_id__runs__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/headless/sftp/credentials/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List SFTP credentials
         * @description A page of the organization's credentials, newest first, without what is secret.
         */
        get: operations["list_credentials_api_v1_headless_sftp_credentials__get"];
        put?: never;
        /**
         * Create SFTP credentials
         * @description Keep a server and how to get in. Password or key are encrypted and never given back.
         */
        post: operations["create_credentials_api_v1_headless_sftp_credentials__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/headless/sftp/credentials/{credentials_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get SFTP credentials
         * @description Credentials, without what is secret.
         */
        get: operations["get_credentials_api_v1_headless_sftp_credentials__credentials_id___get"];
        /**
         * Update SFTP credentials
         * @description Replace what is set. Password or key stay unless one is given.
         */
        put: operations["update_credentials_api_v1_headless_sftp_credentials__credentials_id___put"];
        post?: never;
        /**
         * Delete SFTP credentials
         * @description Remove credentials that no connector uses.
         */
        delete: operations["delete_credentials_api_v1_headless_sftp_credentials__credentials_id___delete"];
        options?: never;
        head?: never;
        /**
         * Change SFTP credentials
         * @description Change the keys that are given; all others stay.
         */
        patch: operations["change_credentials_api_v1_headless_sftp_credentials__credentials_id___patch"];
        trace?: never;
    };
    "/api/v1/headless/sftp/credentials/{credentials_id}/accept_host_key/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept a new host key
         * @description Trust the other key that the server showed. `fingerprint` is the one that was looked at.
         */
        post: operations["accept_host_key_api_v1_headless_sftp_credentials__credentials_id__accept_host_key__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/headless/sftp/credentials/{credentials_id}/test_connection/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test SFTP credentials
         * @description Connect, sign in and open SFTP. The first host key that is seen is kept.
         */
        post: operations["check_connection_api_v1_headless_sftp_credentials__credentials_id__test_connection__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/headless/sftp/runs/{run_id}/files/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List files of a run
         * @description A page of the files that a run dealt with, and what it left alone.
         */
        get: operations["list_files_api_v1_headless_sftp_runs__run_id__files__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/memory/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List memory
         * @description Each importIdentifier that something was learned for.
         */
        get: operations["list_memory_api_v1_memory__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/memory/{import_identifier}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export memory
         * @description What was learned for one importIdentifier, in the form that can be imported again.
         */
        get: operations["export_memory_api_v1_memory__import_identifier___get"];
        /**
         * Import memory
         * @description Replace what was learned for one importIdentifier.
         */
        put: operations["import_memory_api_v1_memory__import_identifier___put"];
        post?: never;
        /**
         * Delete memory
         * @description Forget everything that was learned for one importIdentifier.
         */
        delete: operations["delete_memory_api_v1_memory__import_identifier___delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/memory/forget/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Forget texts
         * @description Remove every learned match that holds one of these texts, for all importIdentifiers: what a person wants forgotten.
         */
        post: operations["forget_texts_api_v1_memory_forget__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recipes/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List recipes
         * @description Each recipe, by importIdentifier.
         */
        get: operations["list_recipes_api_v1_recipes__get"];
        put?: never;
        /**
         * Save a recipe
         * @description Make the recipe of an importIdentifier, or the next version of it.
         */
        post: operations["save_recipe_api_v1_recipes__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recipes/{recipe_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a recipe
         * @description A recipe with its newest document.
         */
        get: operations["get_recipe_api_v1_recipes__recipe_id___get"];
        /**
         * Change a recipe
         * @description The next version of a recipe. With `If-Match` only when nobody saved it since that version.
         */
        put: operations["change_recipe_api_v1_recipes__recipe_id___put"];
        post?: never;
        /**
         * Delete a recipe
         * @description Remove a recipe with all of its versions.
         */
        delete: operations["delete_recipe_api_v1_recipes__recipe_id___delete"];
        options?: never;
        head?: never;
        /**
         * Switch a recipe on or off
         * @description Whether imports use the recipe. Those that have begun keep what they began with.
         */
        patch: operations["switch_recipe_api_v1_recipes__recipe_id___patch"];
        trace?: never;
    };
    "/api/v1/recipes/{recipe_id}/export/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export a recipe
         * @description A recipe as a file for people: TOML, or JSON.
         */
        get: operations["export_recipe_api_v1_recipes__recipe_id__export__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recipes/{recipe_id}/versions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List versions of a recipe
         * @description All versions, newest first.
         */
        get: operations["list_versions_api_v1_recipes__recipe_id__versions__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recipes/{recipe_id}/versions/{version}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a version of a recipe
         * @description One version with its document.
         */
        get: operations["get_version_api_v1_recipes__recipe_id__versions__version___get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recipes/{recipe_id}/versions/{version}/restore/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore a version of a recipe
         * @description Make an earlier version the newest again, as a version of its own. `If-Match` as in a change.
         */
        post: operations["restore_version_api_v1_recipes__recipe_id__versions__version__restore__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the state
         * @description Everything but the rows.
         */
        get: operations["state_api_v1_reviews__import_id___get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/advance/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go to a step
         * @description What the step needs is computed in the background where that takes longer: `preparing` says so.
         */
        post: operations["advance_api_v1_reviews__import_id__advance__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/cell/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a cell
         * @description The exact text, the one in the file, messages, and who changed it.
         */
        post: operations["cell_api_v1_reviews__import_id__cell__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/changes/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change something
         * @description Carry out a change. Once answered it is kept; the same `id` is carried out once.
         */
        post: operations["change_api_v1_reviews__import_id__changes__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/changes/preview/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview a change
         * @description What a change would do. Nothing is changed.
         */
        post: operations["preview_api_v1_reviews__import_id__changes_preview__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/columns/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the columns
         * @description The columns of the file, and the fields that they belong to.
         */
        get: operations["columns_api_v1_reviews__import_id__columns__get"];
        /**
         * Decide columns
         * @description Which columns belong to which fields.
         */
        put: operations["decide_columns_api_v1_reviews__import_id__columns__put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/columns/suggest/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suggest fields
         * @description Fields for the columns that wait for a person, by headgate and by the model that the operator set up, if any.
         */
        post: operations["suggest_columns_api_v1_reviews__import_id__columns_suggest__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/corrections/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Upload a corrected workbook
         * @description Read a workbook that `export` gave and a person corrected. The change `merge_file` takes it over.
         */
        put: operations["corrections_api_v1_reviews__import_id__corrections__put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/distinct/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get the values of a column
         * @description The different texts of a column, most frequent first.
         */
        post: operations["distinct_api_v1_reviews__import_id__distinct__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/events/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Listen
         * @description Server-sent events: `changed`, `preparing`, `state`, `submitting`, `finished`; a comment every 15 seconds.
         */
        get: operations["events_api_v1_reviews__import_id__events__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/export/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Download rows
         * @description A workbook to correct elsewhere, or a CSV. The next one of the same kind replaces it.
         */
        post: operations["export_api_v1_reviews__import_id__export__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/grid/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the grid
         * @description Columns, groups of errors, and what submitting would do.
         */
        get: operations["grid_api_v1_reviews__import_id__grid__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/header/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the first records
         * @description The first records, and which of them hold the column names.
         */
        get: operations["header_api_v1_reviews__import_id__header__get"];
        /**
         * Decide the header
         * @description Which records hold the column names, and how the source is read. Keys that are left out stay as they are.
         */
        put: operations["decide_header_api_v1_reviews__import_id__header__put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/history/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the history
         * @description What was changed, newest first; of ended reviews too.
         */
        get: operations["history_api_v1_reviews__import_id__history__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/recipe/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Remember the corrections
         * @description Save what `POST /recipe/` proposes as the recipe of the importIdentifier, or as its next version. There is no body: what is
         *     remembered comes from the review's log alone.
         */
        put: operations["save_recipe_api_v1_reviews__import_id__recipe__put"];
        /**
         * Propose a recipe
         * @description What of a finished review could be remembered for the next file. Nothing is saved.
         */
        post: operations["propose_recipe_api_v1_reviews__import_id__recipe__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/redo/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Redo
         * @description Bring again what this author took back last.
         */
        post: operations["redo_api_v1_reviews__import_id__redo__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/rows/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get rows
         * @description A part of a view. `snapshot` in the answer names the view as it stands, for the next parts of it.
         */
        post: operations["rows_api_v1_reviews__import_id__rows__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/rows/by-id/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get rows by id
         * @description Rows that are gone are left out.
         */
        post: operations["rows_by_id_api_v1_reviews__import_id__rows_by_id__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/seek/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find the next issue
         * @description The next or previous cell of a view with an issue.
         */
        post: operations["seek_api_v1_reviews__import_id__seek__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/submit/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit
         * @description Finish the import as confirmed. Events and the state say when it is done.
         */
        post: operations["submit_api_v1_reviews__import_id__submit__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/submit/preview/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say what submitting does
         * @description Run the schema's last hooks, then say how many rows go out and how many are left out.
         */
        post: operations["submit_preview_api_v1_reviews__import_id__submit_preview__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/transform/suggest/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write an expression from words
         * @description A row expression for Transform, by the service that the operator set up; 503 says why there is none.
         */
        post: operations["suggest_api_v1_reviews__import_id__transform_suggest__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/undo/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo
         * @description Take back the last change of this author. Cells that changed since stay as they are.
         */
        post: operations["undo_api_v1_reviews__import_id__undo__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{import_id}/values/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the values
         * @description Texts that are no options, and dates whose order of day and month is not clear.
         */
        get: operations["values_api_v1_reviews__import_id__values__get"];
        /**
         * Decide values
         * @description Which texts stand for which options, and the order of day and month.
         */
        put: operations["decide_values_api_v1_reviews__import_id__values__put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schemas/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List schemas
         * @description All saved schemas, by name.
         */
        get: operations["list_schemas_api_v1_schemas__get"];
        put?: never;
        /**
         * Create a schema
         * @description Save a schema after checking all of it.
         */
        post: operations["create_schema_api_v1_schemas__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schemas/{schema_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a schema
         * @description One saved schema. Its `ETag` is the version that it is.
         */
        get: operations["get_schema_api_v1_schemas__schema_id___get"];
        /**
         * Update a schema
         * @description Replace a schema. Imports that exist keep the schema that they were created with.
         *
         *     With `If-Match` only when nobody saved it since that version; a body that is there already is no such case.
         */
        put: operations["update_schema_api_v1_schemas__schema_id___put"];
        post?: never;
        /**
         * Delete a schema
         * @description Remove a schema. Its imports stay as they are.
         */
        delete: operations["delete_schema_api_v1_schemas__schema_id___delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schemas/{schema_id}/backtest/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List back-tests
         * @description The last back-tests of a schema, newest first.
         */
        get: operations["list_backtests_api_v1_schemas__schema_id__backtest__get"];
        put?: never;
        /**
         * Start a back-test
         * @description Run a schema that is not saved against the newest imports of the saved one, and say what differs.
         */
        post: operations["start_backtest_api_v1_schemas__schema_id__backtest__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schemas/{schema_id}/backtest/{backtest_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a back-test
         * @description A back-test with its results so far.
         */
        get: operations["get_backtest_api_v1_schemas__schema_id__backtest__backtest_id___get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schemas/{schema_id}/backtest/{backtest_id}/cancel/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a back-test
         * @description Stop a back-test. What was found so far stays.
         */
        post: operations["cancel_backtest_api_v1_schemas__schema_id__backtest__backtest_id__cancel__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schemas/{schema_id}/backtest/{backtest_id}/imports/{import_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get one import in a back-test
         * @description Everything that differs in one import.
         */
        get: operations["get_backtest_import_api_v1_schemas__schema_id__backtest__backtest_id__imports__import_id___get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schemas/{schema_id}/difference/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a draft would change
         * @description What saving the body would change in the schema.
         */
        post: operations["draft_difference_api_v1_schemas__schema_id__difference__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schemas/{schema_id}/retention/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at a schema's retention
         * @description How long imports of this schema are kept, beside what holds for all imports of the organization.
         */
        get: operations["get_retention_api_v1_schemas__schema_id__retention__get"];
        /**
         * Set a schema's retention
         * @description Replace it; a key that is not given is null. A schema can keep less than its organization says, never more.
         *
         *     With `If-Match` only when nobody changed it since that version; a body that is there already is no such case.
         */
        put: operations["put_retention_api_v1_schemas__schema_id__retention__put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schemas/{schema_id}/versions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List versions
         * @description A page of the schema's versions, newest first.
         */
        get: operations["list_versions_api_v1_schemas__schema_id__versions__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schemas/{schema_id}/versions/{version}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a version
         * @description The schema as it was.
         */
        get: operations["get_version_api_v1_schemas__schema_id__versions__version___get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schemas/{schema_id}/versions/{version}/difference/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a version changed
         * @description What is different from the version before it, or from another one.
         */
        get: operations["version_difference_api_v1_schemas__schema_id__versions__version__difference__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schemas/{schema_id}/versions/{version}/restore/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore a version
         * @description Save an old version again, as the newest one. `If-Match` names the version that is the newest for the caller.
         */
        post: operations["restore_version_api_v1_schemas__schema_id__versions__version__restore__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schemas/check/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a schema
         * @description All problems of a schema, by the checks that saving it makes. Nothing is saved, and no hook is run.
         */
        post: operations["check_schema_api_v1_schemas_check__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schemas/description/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Describe schemas
         * @description All types, options, rules, settings and hooks with labels, help, defaults and limits.
         */
        get: operations["describe_api_v1_schemas_description__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schemas/infer/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find fields in a file
         * @description Fields with types, options and rules that fit a file, and why.
         */
        post: operations["infer_fields_api_v1_schemas_infer__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schemas/run-hook/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a hook
         * @description One hook on sample rows: the rows before and after, its console, and where it failed.
         */
        post: operations["run_hook_api_v1_schemas_run_hook__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schemas/try/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a schema
         * @description What an import of a sample with a schema would come to. Nothing is kept.
         */
        post: operations["try_schema_api_v1_schemas_try__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/upload/{upload_id}/delete/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete an upload
         * @description Remove an import with its file, result and errors.
         */
        post: operations["delete_upload_api_v1_upload__upload_id__delete__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/upload/{upload_id}/metadata/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an upload
         * @description One import, with the presigned URL of its original file. The id is the import's.
         */
        get: operations["upload_metadata_api_v1_upload__upload_id__metadata__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/upload/{upload_id}/url/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an upload's result
         * @description A presigned URL of the delivered rows.
         */
        get: operations["upload_url_api_v1_upload__upload_id__url__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List uploads
         * @description The completed imports, newest first. The lists of errors are cut after 100 entries.
         */
        get: operations["list_uploads_api_v1_uploads__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhooks
         * @description A page of the organization's webhooks, newest first.
         */
        get: operations["list_webhooks_api_v1_webhooks__get"];
        put?: never;
        /**
         * Create a webhook
         * @description Set up a receiver. The answer has the secret that signs what it is sent; it is not shown again.
         */
        post: operations["create_webhook_api_v1_webhooks__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{webhook_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a webhook
         * @description One webhook, without its secret.
         */
        get: operations["get_webhook_api_v1_webhooks__webhook_id___get"];
        /**
         * Update a webhook
         * @description Replace what is set; keys that are not given get their defaults. The secret stays.
         */
        put: operations["update_webhook_api_v1_webhooks__webhook_id___put"];
        post?: never;
        /**
         * Delete a webhook
         * @description Remove a webhook with its deliveries. What was due is not sent any more.
         */
        delete: operations["delete_webhook_api_v1_webhooks__webhook_id___delete"];
        options?: never;
        head?: never;
        /**
         * Change a webhook
         * @description Change the keys that are given, such as `{"enabled": false}`; all others stay.
         */
        patch: operations["change_webhook_api_v1_webhooks__webhook_id___patch"];
        trace?: never;
    };
    "/api/v1/webhooks/{webhook_id}/replay/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay what was given up
         * @description Send every delivery of this webhook again that is `dead`, in their order.
         */
        post: operations["replay_dead_api_v1_webhooks__webhook_id__replay__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{webhook_id}/rotate_secret/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate the secret
         * @description Make a new secret, shown this once. Earlier ones sign too for `keep_seconds`, so that receivers can change over.
         */
        post: operations["rotate_secret_api_v1_webhooks__webhook_id__rotate_secret__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{webhook_id}/test/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test event
         * @description Send the event `test`, once, whatever the webhook listens to and also while it is disabled.
         */
        post: operations["send_test_api_v1_webhooks__webhook_id__test__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/deliveries/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deliveries
         * @description A page of what was and is to be sent, newest first, basic webhooks included.
         */
        get: operations["list_deliveries_api_v1_webhooks_deliveries__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/deliveries/{delivery_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a delivery
         * @description One delivery with every try and what is sent.
         */
        get: operations["get_delivery_api_v1_webhooks_deliveries__delivery_id___get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/deliveries/{delivery_id}/replay/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay a delivery
         * @description Send a delivery again that was delivered or given up: the same `webhook-id` and body, with new tries.
         */
        post: operations["replay_delivery_api_v1_webhooks_deliveries__delivery_id__replay__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** AddRows */
        AddRows: {
            /**
             * After
             * @description null: at the end.
             * @default null
             */
            after?: number | null;
            /**
             * Count
             * @default 1
             */
            count?: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "add_rows";
        };
        /** AdvanceBody */
        AdvanceBody: {
            /**
             * To
             * @enum {string}
             */
            to: "header" | "columns" | "values" | "review";
        };
        /**
         * AuditActor
         * @description Who did it. `system` is whoever is at the machine, `nobody` who was refused. `name` is null for what does not exist any
         *     more.
         */
        AuditActor: {
            /** Id */
            id: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "user" | "key" | "system" | "nobody";
            /** Name */
            name: string | null;
        };
        /**
         * AuditList
         * @description A page of the audit log, newest first.
         */
        AuditList: {
            /**
             * Next Cursor
             * @description Give it as `cursor` for the entries before these; null at the end.
             */
            next_cursor: string | null;
            /** Results */
            results: components["schemas"]["AuditObject"][];
        };
        /**
         * AuditObject
         * @description What was done. `object_id` names what it was done to: the kind stands before the point of `action`.
         */
        AuditObject: {
            /** Action */
            action: string;
            actor: components["schemas"]["AuditActor"];
            /** Address */
            address: string | null;
            /** Date */
            date: string;
            /** Details */
            details: {
                [key: string]: unknown;
            } | null;
            /** Number */
            number: number;
            /** Object Id */
            object_id: string | null;
            /**
             * Object Name
             * @description Name of the person or key that it was done to.
             */
            object_name: string | null;
        };
        /**
         * AuthorForm
         * @description Who saved or started something. `name` is null when the key or person is gone.
         */
        AuthorForm: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "user" | "key" | "system";
            /** Name */
            name: string | null;
        };
        /**
         * BacktestAnswer
         * @description A back-test and how far it is.
         */
        BacktestAnswer: {
            /**
             * Changes
             * @description What the tested schema changes against the saved one.
             */
            changes: components["schemas"]["ChangeForm"][];
            counts: components["schemas"]["BacktestCounts"];
            created_by: components["schemas"]["AuthorForm"] | null;
            /** Created Date */
            created_date: string;
            /** Ended Date */
            ended_date: string | null;
            /** Id */
            id: string;
            /** Import Identifier */
            import_identifier: string;
            /** Results */
            results: components["schemas"]["BacktestResult"][];
            /** Schema Id */
            schema_id: string;
            /**
             * State
             * @enum {string}
             */
            state: "PENDING" | "RUNNING" | "DONE" | "CANCELLED";
        };
        /**
         * BacktestCounts
         * @description How many of its imports stand where.
         */
        BacktestCounts: {
            /** Differs */
            differs: number;
            /** Not Testable */
            not_testable: number;
            /** Pending */
            pending: number;
            /** Same */
            same: number;
            /** Total */
            total: number;
        };
        /**
         * BacktestDetail
         * @description One import in a back-test with everything that differs.
         */
        BacktestDetail: {
            after: components["schemas"]["Side"] | null;
            before: components["schemas"]["Side"] | null;
            /** Cells Differ */
            cells_differ: number | null;
            /** Created Date */
            created_date: string;
            /**
             * Decisions
             * @description Decisions that differ: header, columns, values, types.
             */
            decisions: components["schemas"]["Statement"][];
            /**
             * Examples
             * @description The first 50 rows that differ.
             */
            examples: components["schemas"]["DifferentRow"][];
            /** Fields */
            fields: components["schemas"]["DifferentField"][];
            /** Import Id */
            import_id: string;
            /** Original Filename */
            original_filename: string | null;
            /** @description Why it could not be tested. */
            reason: components["schemas"]["Statement"] | null;
            /**
             * Review
             * @description What people had decided (`decisions`) and edited (`changes`), applied to both runs. Null when nobody did.
             */
            review: {
                [key: string]: number;
            } | null;
            /** Rows Differ */
            rows_differ: number | null;
            /**
             * State
             * @enum {string}
             */
            state: "PENDING" | "SAME" | "DIFFERS" | "NOT_TESTABLE";
            /**
             * Summary
             * @description What differs, in plain words.
             */
            summary: components["schemas"]["Statement"][];
        };
        /**
         * BacktestRequest
         * @description A changed schema to run against stored imports.
         */
        BacktestRequest: {
            /** Fields */
            fields: {
                [key: string]: unknown;
            }[];
            /**
             * Hooks
             * @default null
             */
            hooks?: {
                [key: string]: unknown;
            } | null;
            /**
             * Imports
             * @description How many of the newest completed imports.
             * @default 10
             */
            imports?: number;
            /**
             * Name
             * @default null
             */
            name?: string | null;
            /**
             * Settings
             * @default null
             */
            settings?: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * BacktestResult
         * @description One import in a back-test. What differs is in `GET …/imports/{import_id}/`.
         */
        BacktestResult: {
            /** Cells Differ */
            cells_differ: number | null;
            /** Created Date */
            created_date: string;
            /** Import Id */
            import_id: string;
            /** Original Filename */
            original_filename: string | null;
            /** @description Why it could not be tested. */
            reason: components["schemas"]["Statement"] | null;
            /** Rows Differ */
            rows_differ: number | null;
            /**
             * State
             * @enum {string}
             */
            state: "PENDING" | "SAME" | "DIFFERS" | "NOT_TESTABLE";
            /**
             * Summary
             * @description What differs, in plain words.
             */
            summary: components["schemas"]["Statement"][];
        };
        /**
         * BacktestSummary
         * @description A back-test as lists show it.
         */
        BacktestSummary: {
            counts: components["schemas"]["BacktestCounts"];
            created_by: components["schemas"]["AuthorForm"] | null;
            /** Created Date */
            created_date: string;
            /** Ended Date */
            ended_date: string | null;
            /** Id */
            id: string;
            /**
             * State
             * @enum {string}
             */
            state: "PENDING" | "RUNNING" | "DONE" | "CANCELLED";
        };
        /** CellChange */
        CellChange: {
            /** After */
            after: string | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Author */
            author: string;
            /** Before */
            before: string | null;
            /** Kind */
            kind: string;
            /** Mine */
            mine: boolean;
            /** Version */
            version: number;
        };
        /** CellDetail */
        CellDetail: {
            /**
             * Column
             * @description The key of a field; `key[n]` for the n-th (from 0) of the columns of a `manyToOne` field.
             */
            column: string;
            /** History */
            history: components["schemas"]["CellChange"][];
            mark: components["schemas"]["CellMark"];
            /** Original */
            original: string | null;
            /**
             * Row
             * @description The record's 0-based number in the source; rows that were added have negative ones.
             */
            row: number;
            /** Shown */
            shown: string | null;
            /** Suggestion */
            suggestion: string | null;
            /**
             * Text
             * @description The exact text to edit; null of a masked field.
             */
            text: string | null;
        };
        /** CellEdit */
        CellEdit: {
            /**
             * Column
             * @description The key of a field; `key[n]` for the n-th (from 0) of the columns of a `manyToOne` field.
             */
            column: string;
            /**
             * Row
             * @description The record's 0-based number in the source; rows that were added have negative ones.
             */
            row: number;
            /**
             * Seen
             * @description What the person saw before; another text there is reported as a conflict. Absent: not compared; null: an empty cell.
             * @default null
             */
            seen?: string | null;
            /** Text */
            text: string | null;
        };
        /**
         * CellIssue
         * @description What is said of a cell or row.
         */
        CellIssue: {
            /** Code */
            code: string;
            /** Field */
            field: string | null;
            /**
             * Level
             * @enum {string}
             */
            level: "error" | "warning" | "info";
            /** Manytooneindex */
            manyToOneIndex?: number | null;
            /** Message */
            message: string;
            /**
             * Value
             * @description The text as it stands in the file.
             */
            value: string | null;
        };
        /**
         * CellMark
         * @description What is to be seen about a cell beside its text.
         */
        CellMark: {
            /**
             * Autofix
             * @default false
             */
            autofix: boolean;
            /**
             * Changed
             * @description A person changed it.
             * @default false
             */
            changed: boolean;
            /** Level */
            level: ("error" | "warning" | "info") | null;
            /** Messages */
            messages: components["schemas"]["Message"][];
            /**
             * Options
             * @description The options of this cell alone (hooks).
             */
            options: components["schemas"]["SelectOption"][] | null;
            /**
             * Original
             * @description The text in the file, where it is another one.
             */
            original: string | null;
        };
        /** CellQuery */
        CellQuery: {
            /**
             * Column
             * @description The key of a field; `key[n]` for the n-th (from 0) of the columns of a `manyToOne` field.
             */
            column: string;
            /**
             * Row
             * @description The record's 0-based number in the source; rows that were added have negative ones.
             */
            row: number;
        };
        /** ChangeBody */
        ChangeBody: {
            /** Change */
            change: components["schemas"]["SetCells"] | components["schemas"]["Paste"] | components["schemas"]["Fill"] | components["schemas"]["Clear"] | components["schemas"]["Replace"] | components["schemas"]["Fix"] | components["schemas"]["AddRows"] | components["schemas"]["DeleteRows"] | components["schemas"]["Transform"] | components["schemas"]["MergeFile"];
            /**
             * Id
             * @description Made by the client; the same id is carried out once.
             */
            id: string;
        };
        /**
         * ChangeForm
         * @description One difference between two schemas.
         */
        ChangeForm: {
            /** After */
            after: unknown;
            /** Before */
            before: unknown;
            /** Code */
            code: string;
            /**
             * Field
             * @description Key of the field that it is about.
             */
            field: string | null;
            /**
             * Parameters
             * @description What the sentence names.
             */
            parameters: {
                [key: string]: unknown;
            };
            /**
             * Path
             * @description Where it stands, such as `fields[2].type`; of what was removed its place before.
             */
            path: string;
            /**
             * Text
             * @description A sentence; in English, but for the pages of the service.
             */
            text: string;
        };
        /** ChangeResult */
        ChangeResult: {
            /** Added */
            added: number[];
            /**
             * Cells
             * @description Cells that changed, those that hooks changed included.
             */
            cells: number;
            /** Conflicts */
            conflicts: components["schemas"]["Conflict"][];
            redo: components["schemas"]["HistoryEntry"] | null;
            /** Rows */
            rows: number;
            /**
             * Skipped
             * @description Cells that may not be edited (read-only) or had changed since (undo).
             * @default 0
             */
            skipped: number;
            summary: components["schemas"]["Summary"];
            undo: components["schemas"]["HistoryEntry"] | null;
            /**
             * Updated
             * @description The changed rows, when they are at most 200.
             */
            updated: components["schemas"]["GridRow"][];
            /** Version */
            version: number;
        };
        /** Choice */
        Choice: {
            /** Confidence */
            confidence: number | null;
            /** Label */
            label: string;
            /** Value */
            value: string;
        };
        /** Clear */
        Clear: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "clear";
            range: components["schemas"]["Range"];
        };
        /**
         * ColumnDecision
         * @description Exactly one of `field`, `custom` and `ignore`; none of them gives the column back to headgate's own choice.
         */
        ColumnDecision: {
            /** @default null */
            custom?: components["schemas"]["CustomField"] | null;
            /**
             * Field
             * @default null
             */
            field?: string | null;
            /**
             * Ignore
             * @default false
             */
            ignore?: boolean;
        };
        /** ColumnDecisionsBody */
        ColumnDecisionsBody: {
            /**
             * Accept Suggested
             * @description Also take every uncertain match as suggested.
             * @default false
             */
            accept_suggested?: boolean;
            /**
             * Columns
             * @description By column index. Columns left out stay as they are.
             */
            columns: {
                [key: string]: components["schemas"]["ColumnDecision"];
            };
        };
        /**
         * ColumnFilter
         * @description Rows whose shown text fits. `values`: is one of these (null: empty).
         */
        ColumnFilter: {
            /**
             * Column
             * @description The key of a field; `key[n]` for the n-th (from 0) of the columns of a `manyToOne` field.
             */
            column: string;
            /**
             * Contains
             * @default null
             */
            contains?: string | null;
            /**
             * Empty
             * @default null
             */
            empty?: boolean | null;
            /**
             * Values
             * @default null
             */
            values?: (string | null)[] | null;
        };
        /** ColumnSuggestion */
        ColumnSuggestion: {
            /** Field */
            field: string;
            /**
             * Source
             * @description Who suggests it: headgate itself, or the model that the operator set up.
             * @enum {string}
             */
            source: "headgate" | "model";
        };
        /** ColumnSuggestions */
        ColumnSuggestions: {
            /**
             * Columns
             * @description Up to three fields for each column that waits for a person, the best first, by column index.
             */
            columns: {
                [key: string]: components["schemas"]["ColumnSuggestion"][];
            };
            /**
             * Problem
             * @description Why the model that the operator set up says nothing, if it does not.
             */
            problem: string | null;
        };
        /** ColumnsView */
        ColumnsView: {
            /** Columns */
            columns: components["schemas"]["FileColumn"][];
            /**
             * Uncertain
             * @description Columns that wait for a person.
             */
            uncertain: number[];
            /**
             * Unmatched Required
             * @description Keys of fields that must have a column and have none.
             */
            unmatched_required: string[];
        };
        /**
         * ConfigurationEntry
         * @description One of the operator's settings.
         */
        ConfigurationEntry: {
            /** Default */
            default: unknown;
            /** Description */
            description: string;
            /** Environment */
            environment: string;
            /** Name */
            name: string;
            /** Secret */
            secret: boolean;
            /**
             * Set
             * @description Whether it is another than the default.
             */
            set: boolean;
            /**
             * Value
             * @description Null for a secret.
             */
            value: unknown;
        };
        /**
         * Confirmation
         * @description What submitting does, said before it is done.
         */
        Confirmation: {
            /** Cancel Label */
            cancel_label: string | null;
            /** Confirm Label */
            confirm_label: string | null;
            /**
             * Message
             * @description The hook's confirmation message: sanitized HTML.
             */
            message: string | null;
            summary: components["schemas"]["Summary"];
            /** Version */
            version: number;
        };
        /**
         * Conflict
         * @description Somebody else had changed the cell since it was seen; both changes are in the history, the later one stands.
         */
        Conflict: {
            /**
             * Column
             * @description The key of a field; `key[n]` for the n-th (from 0) of the columns of a `manyToOne` field.
             */
            column: string;
            /**
             * Row
             * @description The record's 0-based number in the source; rows that were added have negative ones.
             */
            row: number;
            /** Seen */
            seen: string | null;
            /** Theirs */
            theirs: string | null;
        };
        /**
         * ConnectionTest
         * @description What came of a test.
         */
        ConnectionTest: {
            credentials: components["schemas"]["SftpCredentialsObject"];
            /**
             * Error
             * @description Why it did not succeed; empty when it did.
             */
            error: string;
            /**
             * Problem
             * @description The same as a code.
             */
            problem: string | null;
            /** Success */
            success: boolean;
        };
        /**
         * ConsoleLine
         * @description What a hook wrote.
         */
        ConsoleLine: {
            /** Hook */
            hook?: string | null;
            /** Level */
            level?: string | null;
            /** Position */
            position?: number | null;
            /** Row */
            row?: number | null;
            /** Text */
            text?: string | null;
        };
        /**
         * ConsolePage
         * @description A page of the hooks' console, oldest first.
         */
        ConsolePage: {
            /**
             * Next
             * @description `cursor` of the following page; null at the end.
             */
            next: string | null;
            /** Results */
            results: components["schemas"]["ConsoleLine"][];
        };
        /** CustomField */
        CustomField: {
            /** Label */
            label: string;
            /**
             * Type
             * @default string
             */
            type?: string;
        };
        /**
         * DailyAtTime
         * @description Once a day.
         */
        DailyAtTime: {
            /**
             * Time Utc
             * @description Time of day in UTC, such as `06:30`.
             */
            time_utc: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "daily_at_time";
        };
        /**
         * DatabaseHealth
         * @description The database.
         */
        DatabaseHealth: {
            /** Kind */
            kind: string;
            /** Milliseconds */
            milliseconds: number | null;
            /** Ok */
            ok: boolean;
            /**
             * Size
             * @description Bytes; of SQLite only.
             */
            size: number | null;
        };
        /**
         * DateQuestion
         * @description A date column whose order of day and month is not clear.
         */
        DateQuestion: {
            /**
             * Ambiguous
             * @description Cells that both orders can read.
             */
            ambiguous: number;
            /** By Person */
            by_person: boolean;
            /**
             * Column
             * @description The key of a field; `key[n]` for the n-th (from 0) of the columns of a `manyToOne` field.
             */
            column: string;
            /** Examples */
            examples: components["schemas"]["OrderReading"][];
            /** Field */
            field: string;
            /** Only Day Month */
            only_day_month: number;
            /** Only Month Day */
            only_month_day: number;
            /** Order */
            order: ("day_month" | "month_day") | null;
        };
        /**
         * DaySummary
         * @description The imports that were created on one day (UTC).
         */
        DaySummary: {
            /** Day */
            day: string;
            /** Rows */
            rows: number;
            /** Rows With Errors */
            rows_with_errors: number;
            /** Statuses */
            statuses: {
                [key: string]: number;
            };
        };
        /** DecisionResult */
        DecisionResult: {
            state: components["schemas"]["ReviewState"];
            /** Version */
            version: number;
        };
        /**
         * DeletedParts
         * @description When parts of an import were deleted, because they are not kept as long as the import; null: they were not.
         */
        DeletedParts: {
            /** Console */
            console: string | null;
            /** Result */
            result: string | null;
            /** Review */
            review: string | null;
            /** Source */
            source: string | null;
        };
        /**
         * DeleteRows
         * @description Exactly one of `rows` and `range`.
         */
        DeleteRows: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "delete_rows";
            /** @default null */
            range?: components["schemas"]["Range"] | null;
            /**
             * Rows
             * @default null
             */
            rows?: number[] | null;
        };
        /**
         * DeletionObject
         * @description An organization that is being deleted, or was in the last seven days.
         */
        DeletionObject: {
            /** Created Date */
            created_date: string;
            /** Deleted Imports */
            deleted_imports: number;
            /** Ended Date */
            ended_date: string | null;
            /**
             * Id
             * @description Of the organization.
             */
            id: string;
            /**
             * Imports
             * @description How many there were.
             */
            imports: number;
            /** Name */
            name: string;
            /**
             * State
             * @enum {string}
             */
            state: "RUNNING" | "DONE";
        };
        /**
         * Delivery
         * @description One event for one receiver.
         */
        Delivery: {
            /** Created Date */
            created_date: string;
            /** Ended Date */
            ended_date: string | null;
            /** Event */
            event: string;
            /** Id */
            id: string;
            /**
             * Import Id
             * @description Null for a test.
             */
            import_id: string | null;
            /**
             * Message Id
             * @description The `webhook-id` of every try.
             */
            message_id: string;
            /** Next Try Date */
            next_try_date: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "pending" | "held" | "delivered" | "dead";
            /** Tries */
            tries: number;
            /** Url */
            url: string;
            /**
             * Webhook Id
             * @description Null for a basic webhook.
             */
            webhook_id: string | null;
        };
        /**
         * DeliveryAttempt
         * @description One try.
         */
        DeliveryAttempt: {
            /**
             * Answer
             * @description The start of the answer, at most 2 kB.
             */
            answer: string | null;
            /** Milliseconds */
            milliseconds: number | null;
            /**
             * Problem
             * @description Why it did not succeed; null when it did.
             */
            problem: string | null;
            /** Started Date */
            started_date: string;
            /**
             * Status
             * @description HTTP status; null when there was no answer.
             */
            status: number | null;
        };
        /**
         * DeliveryFull
         * @description A delivery with all tries and what is sent.
         */
        DeliveryFull: {
            /**
             * Attempts
             * @description Oldest first.
             */
            attempts: components["schemas"]["DeliveryAttempt"][];
            /** Body */
            body: string;
            /** Created Date */
            created_date: string;
            /** Ended Date */
            ended_date: string | null;
            /** Event */
            event: string;
            /** Id */
            id: string;
            /**
             * Import Id
             * @description Null for a test.
             */
            import_id: string | null;
            /**
             * Message Id
             * @description The `webhook-id` of every try.
             */
            message_id: string;
            /** Next Try Date */
            next_try_date: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "pending" | "held" | "delivered" | "dead";
            /** Tries */
            tries: number;
            /** Url */
            url: string;
            /**
             * Webhook Id
             * @description Null for a basic webhook.
             */
            webhook_id: string | null;
        };
        /**
         * DeliveryHealth
         * @description Deliveries of webhooks, of all organizations.
         */
        DeliveryHealth: {
            /** Dead */
            dead: number;
            /** Due */
            due: number;
        };
        /**
         * DeliveryList
         * @description A page of deliveries, newest first.
         */
        DeliveryList: {
            /** Count */
            count: number;
            /** Next */
            next: string | null;
            /** Previous */
            previous: string | null;
            /** Results */
            results: components["schemas"]["Delivery"][];
        };
        /**
         * Description
         * @description Everything that may stand in a schema.
         */
        Description: {
            /**
             * Field
             * @description JSON Schema of a field.
             */
            field: {
                [key: string]: unknown;
            };
            /**
             * Hooks
             * @description JSON Schema of the hooks.
             */
            hooks: {
                [key: string]: unknown;
            };
            /**
             * Jsonschema
             * @description JSON Schema of a whole schema.
             */
            jsonSchema: {
                [key: string]: unknown;
            };
            /** Limits */
            limits: {
                [key: string]: number;
            };
            /**
             * Selectoption
             * @description JSON Schema of an option to choose.
             */
            selectOption: {
                [key: string]: unknown;
            };
            /**
             * Settings
             * @description JSON Schema of the settings.
             */
            settings: {
                [key: string]: unknown;
            };
            /**
             * Types
             * @description Types with the JSON Schema of their options.
             */
            types: {
                [key: string]: unknown;
            }[];
            /**
             * Validators
             * @description Rules with the JSON Schema of their entries.
             */
            validators: {
                [key: string]: unknown;
            }[];
        };
        /**
         * Detail
         * @description An error as one sentence.
         */
        Detail: {
            /** Detail */
            detail: string;
        };
        /**
         * Difference
         * @description What is different between two schemas; empty when nothing is.
         */
        Difference: {
            /** Changes */
            changes: components["schemas"]["ChangeForm"][];
        };
        /**
         * DifferentCell
         * @description A field of a row that is not the same.
         */
        DifferentCell: {
            /** After */
            after: unknown;
            /** Before */
            before: unknown;
            /** Field */
            field: string;
            /** Issues After */
            issues_after: components["schemas"]["CellIssue"][];
            /** Issues Before */
            issues_before: components["schemas"]["CellIssue"][];
            /**
             * Text
             * @description The text in the file, where it is one column.
             */
            text: string | null;
        };
        /**
         * DifferentField
         * @description How many cells of a field are not the same.
         */
        DifferentField: {
            /** Cells */
            cells: number;
            /** Field */
            field: string;
            /** Label */
            label: string;
        };
        /**
         * DifferentRow
         * @description A row that is not the same.
         */
        DifferentRow: {
            /** Cells */
            cells: components["schemas"]["DifferentCell"][];
            /** Delivered After */
            delivered_after: boolean | null;
            /**
             * Delivered Before
             * @description Null where there is no such row.
             */
            delivered_before: boolean | null;
            /** Source Row */
            source_row: number | null;
        };
        /**
         * DiskHealth
         * @description The disk of the data directory, in bytes.
         */
        DiskHealth: {
            /** Free */
            free: number;
            /**
             * Low
             * @description Less than a twentieth, or than the largest upload, is free.
             */
            low: boolean;
            /** Total */
            total: number;
        };
        /** DistinctQuery */
        DistinctQuery: {
            /**
             * Column
             * @description The key of a field; `key[n]` for the n-th (from 0) of the columns of a `manyToOne` field.
             */
            column: string;
            /**
             * Limit
             * @default 50
             */
            limit?: number;
            /**
             * Search
             * @default null
             */
            search?: string | null;
        };
        /** DistinctValue */
        DistinctValue: {
            /** Count */
            count: number;
            /** Text */
            text: string | null;
        };
        /** DistinctValues */
        DistinctValues: {
            /** Total */
            total: number;
            /** Values */
            values: components["schemas"]["DistinctValue"][];
        };
        /**
         * Downloads
         * @description What can be downloaded, and where its presigned URL is asked for.
         */
        Downloads: {
            /**
             * Console
             * @description `/api/v1/headless/imports/{id}/console/` has its URL.
             */
            console: boolean;
            /**
             * Errors
             * @description `/api/v1/headless/imports/{id}/errors/` has its URL.
             */
            errors: boolean;
            /**
             * Result
             * @description `/api/v1/headless/imports/{id}/url/` has its URL.
             */
            result: boolean;
            /**
             * Source
             * @description `/api/v1/upload/{id}/metadata/` has its URL.
             */
            source: boolean;
        };
        /**
         * Draft
         * @description A schema that need not be saved.
         */
        Draft: {
            /** Fields */
            fields: {
                [key: string]: unknown;
            }[];
            /**
             * Hooks
             * @default null
             */
            hooks?: {
                [key: string]: unknown;
            } | null;
            /**
             * Name
             * @default null
             */
            name?: string | null;
            /**
             * Settings
             * @default null
             */
            settings?: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * DraftWrite
         * @description A schema that is not saved and need not be valid.
         */
        DraftWrite: {
            /**
             * Fields
             * @default null
             */
            fields?: {
                [key: string]: unknown;
            }[] | null;
            /**
             * Hooks
             * @default null
             */
            hooks?: {
                [key: string]: unknown;
            } | null;
            /**
             * Name
             * @default null
             */
            name?: string | null;
            /**
             * Settings
             * @default null
             */
            settings?: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * ErrorGroup
         * @description Cells of one column with one cause.
         */
        ErrorGroup: {
            /** Cells */
            cells: number;
            /** Code */
            code: string;
            /**
             * Column
             * @description null: the rows as such are in error.
             */
            column: string | null;
            /** Distinct */
            distinct: number;
            /** Evidence */
            evidence: components["schemas"]["Evidence"][];
            /** Fixes */
            fixes: components["schemas"]["FixOffer"][];
            /** Id */
            id: string;
            /** Label */
            label: string;
            /**
             * Level
             * @enum {string}
             */
            level: "error" | "warning" | "info";
            /** Rows */
            rows: number;
            /** Text */
            text: string;
            /**
             * Values
             * @description Its most frequent texts, at most ten.
             */
            values: components["schemas"]["GroupValue"][];
        };
        /**
         * EveryNMinutes
         * @description Again and again.
         */
        EveryNMinutes: {
            /** Minutes */
            minutes: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "every_n_minutes";
        };
        /**
         * Evidence
         * @description Why something was decided, in the language of the review.
         */
        Evidence: {
            /** Code */
            code: string;
            /** Text */
            text: string;
        };
        /** ExportBody */
        ExportBody: {
            /**
             * Format
             * @default xlsx
             * @enum {string}
             */
            format?: "xlsx" | "csv";
            /**
             * Rows
             * @default errors
             * @enum {string}
             */
            rows?: "all" | "errors";
        };
        /** ExportResult */
        ExportResult: {
            /** Rows */
            rows: number;
            /**
             * Url
             * @description Presigned, valid 30 minutes.
             */
            url: string;
        };
        /**
         * FieldErrors
         * @description Everything that is wrong with a body, by the path where it stands, such as `fields[2].validators[0].regex`.
         */
        FieldErrors: {
            [key: string]: string[];
        };
        /**
         * FieldInfo
         * @description A field of the schema as the page needs it.
         */
        FieldInfo: {
            /**
             * Custom
             * @description A person added it in this review.
             * @default false
             */
            custom: boolean;
            /** Description */
            description: string | null;
            /**
             * Hidden
             * @default false
             */
            hidden: boolean;
            /** Key */
            key: string;
            /** Label */
            label: string;
            /**
             * Many To One
             * @default false
             */
            many_to_one: boolean;
            /**
             * Masked
             * @description Its values are not shown, but as dots.
             * @default false
             */
            masked: boolean;
            /**
             * Read Only
             * @default false
             */
            read_only: boolean;
            /**
             * Require Mapping
             * @default false
             */
            require_mapping: boolean;
            /**
             * Required
             * @default false
             */
            required: boolean;
            /** Select Options */
            select_options: components["schemas"]["SelectOption"][] | null;
            /** Type */
            type: string;
            /**
             * Type Options
             * @description The options of the type, as in the schema.
             */
            type_options: {
                [key: string]: unknown;
            };
        };
        /** FieldSuggestion */
        FieldSuggestion: {
            /** Confidence */
            confidence: number;
            /** Evidence */
            evidence: components["schemas"]["Evidence"][];
            /** Field */
            field: string;
        };
        /** FileColumn */
        FileColumn: {
            /** Confidence */
            confidence: number;
            /** Evidence */
            evidence: components["schemas"]["Evidence"][];
            /** Field */
            field: string | null;
            /**
             * Filled
             * @description Share of the sampled rows that have a value.
             */
            filled: number;
            /** Header */
            header: string;
            /**
             * Hidden
             * @description It is, or may be, the column of a masked field: `samples` are what its mask leaves of the values.
             * @default false
             */
            hidden: boolean;
            /** Index */
            index: number;
            /** Method */
            method: ("exact" | "normalized" | "memory" | "similar" | "person" | "recipe") | null;
            /**
             * Samples
             * @description Up to five different values from all over the column.
             */
            samples: string[];
            /**
             * Status
             * @description `ignored`: a person or the memory said that it is not needed.
             * @enum {string}
             */
            status: "accepted" | "uncertain" | "unmapped" | "ignored";
            /** Suggestions */
            suggestions: components["schemas"]["FieldSuggestion"][];
        };
        /**
         * Fill
         * @description Copy the first row (`down`) or the first column (`right`) of the range over the rest of it.
         */
        Fill: {
            /**
             * Direction
             * @default down
             * @enum {string}
             */
            direction?: "down" | "right";
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "fill";
            range: components["schemas"]["Range"];
        };
        /** Fix */
        Fix: {
            /**
             * Fix
             * @description The `id` of a FixOffer, or `set_value` / `map_values` with parameters.
             */
            fix: string;
            /** Group */
            group: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "fix";
            /**
             * Text
             * @description `set_value`: the text.
             * @default null
             */
            text?: string | null;
            /**
             * Values
             * @description `map_values`: text → option value; null clears.
             * @default null
             */
            values?: {
                [key: string]: string | null;
            } | null;
        };
        /**
         * FixOffer
         * @description A way to mend all cells of a group at once.
         */
        FixOffer: {
            /** Cells */
            cells: number;
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "suggestion" | "day_month" | "month_day" | "decimal_comma" | "decimal_point" | "map_values" | "set_value" | "clear" | "keep_first" | "keep_last" | "delete_rows";
            /**
             * Parameters
             * @description `map_values`: {text: option value}. Else `{estimated: true}` where `cells` comes from a sample.
             */
            parameters: {
                [key: string]: unknown;
            };
            /** Recommended */
            recommended: boolean;
            /** Rows */
            rows: number;
            /**
             * Samples
             * @description At most three.
             */
            samples: components["schemas"]["Sample"][];
        };
        /**
         * ForgottenTexts
         * @description What went.
         */
        ForgottenTexts: {
            /**
             * Matches
             * @description Learned matches that were removed.
             */
            matches: number;
            /**
             * Receipt
             * @description Id of the receipt.
             */
            receipt: string;
        };
        /** Grid */
        Grid: {
            /** Columns */
            columns: components["schemas"]["GridColumn"][];
            /** Groups */
            groups: components["schemas"]["ErrorGroup"][];
            summary: components["schemas"]["Summary"];
            /** Version */
            version: number;
        };
        /** GridColumn */
        GridColumn: {
            /** Errors */
            errors: number;
            /** Field */
            field: string;
            /**
             * Formatted
             * @description What is shown may have fewer digits than the value; ask `cell` before editing.
             */
            formatted: boolean;
            /**
             * Header
             * @description The column's name in the file; null where it has no column.
             */
            header: string | null;
            /**
             * Id
             * @description The key of a field; `key[n]` for the n-th (from 0) of the columns of a `manyToOne` field.
             */
            id: string;
            /** Infos */
            infos: number;
            /** Label */
            label: string;
            /**
             * Masked
             * @description Values are shown as dots, and are replaced by new ones only (docs/privacy.md).
             * @default false
             */
            masked: boolean;
            /** Read Only */
            read_only: boolean;
            /** Type */
            type: string;
            /** Warnings */
            warnings: number;
            /**
             * Width
             * @description A good width in characters, from the longest of the sampled texts.
             */
            width: number;
        };
        /** GridRow */
        GridRow: {
            /**
             * Cells
             * @description The shown texts, in the order of the grid's columns.
             */
            cells: (string | null)[];
            /**
             * Marks
             * @description By position in `cells`; most cells have none.
             */
            marks: {
                [key: string]: components["schemas"]["CellMark"];
            };
            /**
             * Messages
             * @description About the row as such.
             */
            messages: components["schemas"]["Message"][];
            /**
             * Number
             * @description The record's 1-based number in the file; null for added rows.
             */
            number: number | null;
            /**
             * Row
             * @description The record's 0-based number in the source; rows that were added have negative ones.
             */
            row: number;
        };
        /** GroupValue */
        GroupValue: {
            /** Count */
            count: number;
            /**
             * Suggestion
             * @description What it would become; of a select field the option's value.
             */
            suggestion: string | null;
            /** Text */
            text: string | null;
        };
        /** HeaderDecisionBody */
        HeaderDecisionBody: {
            /** @default null */
            reading?: components["schemas"]["ReadingChoice"] | null;
            /**
             * Rows
             * @description 0-based records; [] for no header; null for headgate's own choice.
             * @default null
             */
            rows?: number[] | null;
        };
        /** HeaderRow */
        HeaderRow: {
            /** Cells */
            cells: (string | null)[];
            /** Row */
            row: number;
        };
        /**
         * HeaderView
         * @description The first records, and which of them hold the column names.
         */
        HeaderView: {
            /** Confidence */
            confidence: number;
            /** Evidence */
            evidence: components["schemas"]["Evidence"][];
            /**
             * Hidden
             * @description Columns that are, or may be, those of masked fields: below the header their cells are dots, but for names of fields.
             */
            hidden: number[];
            /**
             * More
             * @description There are rows behind those given.
             */
            more: boolean;
            /**
             * Named By Format
             * @description The source names its columns itself; there is nothing to choose.
             */
            named_by_format: boolean;
            reading: components["schemas"]["ReadingInfo"];
            /** Rows */
            rows: components["schemas"]["HeaderRow"][];
            /**
             * Selected
             * @description The header rows; none: the table has no header.
             */
            selected: number[];
            /**
             * Status
             * @enum {string}
             */
            status: "accepted" | "uncertain" | "override" | "person" | "recipe";
            /**
             * Suggested
             * @description What headgate would take; null: it cannot tell.
             */
            suggested: number[] | null;
            /** Total Rows */
            total_rows: number;
        };
        /**
         * Health
         * @description Whether the service is well.
         */
        Health: {
            database: components["schemas"]["DatabaseHealth"];
            disk: components["schemas"]["DiskHealth"];
            /** Ok */
            ok: boolean;
            queue: components["schemas"]["QueueHealth"];
            /** Uptime Seconds */
            uptime_seconds: number;
            /** Version */
            version: string;
            webhooks: components["schemas"]["DeliveryHealth"];
            workers: components["schemas"]["WorkerHealth"];
        };
        /** HistoryEntry */
        HistoryEntry: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Author */
            author: string;
            /** Cells */
            cells: number;
            /**
             * Kind
             * @description The `kind` of the change, or `undo`, `redo`, `header`, `columns`, `values`.
             */
            kind: string;
            /** Mine */
            mine: boolean;
            /**
             * Parameters
             * @description What the change names: column, find, replace, counts …
             */
            parameters: {
                [key: string]: unknown;
            };
            /** Rows */
            rows: number;
            /** Undone */
            undone: boolean;
            /** Version */
            version: number;
        };
        /**
         * HookAnswer
         * @description What a hook did.
         */
        HookAnswer: {
            /** Console */
            console: {
                [key: string]: unknown;
            }[];
            error: components["schemas"]["HookError"] | null;
            /**
             * Fields
             * @description Keys in order, as the hook leaves them.
             */
            fields: string[];
            /**
             * Import Errors
             * @description Why there are no rows to run it on, or why an import would end otherwise than well.
             */
            import_errors: {
                [key: string]: unknown;
            }[] | null;
            /** Milliseconds */
            milliseconds: number;
            /** Rows */
            rows: components["schemas"]["HookRow"][];
        };
        /**
         * HookError
         * @description Why the hook could not be run to its end. Line and column count from 1 in its source.
         */
        HookError: {
            /** Code */
            code: string;
            /** Column */
            column: number | null;
            /** Line */
            line: number | null;
            /** Message */
            message: string;
            /** Row */
            row: number | null;
        };
        /**
         * HookRequest
         * @description A hook and the rows to run it on.
         */
        HookRequest: {
            hook: components["schemas"]["HookSource"];
            /**
             * Limit
             * @description How many rows.
             * @default 20
             */
            limit?: number;
            sample: components["schemas"]["SampleFile"];
            /** @description Its own hooks are not run. */
            schema: components["schemas"]["Draft"];
        };
        /**
         * HookRow
         * @description A row before and after the hook: field key → value. Null where there is none.
         */
        HookRow: {
            /** After */
            after: {
                [key: string]: unknown;
            } | null;
            /** Before */
            before: {
                [key: string]: unknown;
            } | null;
            /**
             * Changed
             * @description Keys of the fields whose value or messages the hook changed.
             */
            changed: string[];
            /** Index */
            index: number;
            /**
             * Issues
             * @description What is said of the row after the hook.
             */
            issues: components["schemas"]["CellIssue"][];
        };
        /**
         * HookSource
         * @description One hook.
         */
        HookSource: {
            /**
             * Field Name
             * @description Of `columnHooks`: key of the field.
             * @default null
             */
            field_name?: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "rowHooks" | "bulkRowHooks" | "batchRowHooks" | "rowDeleteHooks" | "columnHooks" | "stepHooks" | "beforeFinishCallback";
            /** Source */
            source: string;
            /**
             * Step
             * @description Of `stepHooks`: the step, such as REVIEW_STEP.
             * @default null
             */
            step?: string | null;
        };
        /**
         * HostKeyAcceptance
         * @description Which host key is the right one from now on.
         */
        HostKeyAcceptance: {
            /**
             * Fingerprint
             * @description The `offered_host_key_fingerprint` that was looked at.
             */
            fingerprint: string;
        };
        /**
         * ImportCreate
         * @description What to import: one of `schema_id` and `fields`, and one of `original_filename` and `initial_data`.
         */
        ImportCreate: {
            /**
             * Fields
             * @description Inline field definitions.
             * @default null
             */
            fields?: {
                [key: string]: unknown;
            }[] | null;
            /**
             * Hooks
             * @description As `settings`.
             * @default null
             */
            hooks?: {
                [key: string]: unknown;
            } | null;
            /** @default null */
            import_metadata?: components["schemas"]["ImportMetadata"] | null;
            /**
             * Initial Data
             * @description The rows: objects by field key, lists in field order, or a string with such JSON. At most 15 MB.
             * @default null
             */
            initial_data?: {
                [key: string]: unknown;
            }[] | unknown[][] | string | null;
            /**
             * Original Filename
             * @description Name of the file that will be uploaded.
             * @default null
             */
            original_filename?: string | null;
            /**
             * Schema Id
             * @description A saved schema.
             * @default null
             */
            schema_id?: string | null;
            /**
             * Settings
             * @description With `schema_id`: merged over the saved ones, key by key. With `fields`: the settings.
             * @default null
             */
            settings?: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * ImportDetail
         * @description One import, with its story.
         */
        ImportDetail: {
            /**
             * Counts
             * @description The `rows` part of the decisions.
             */
            counts: {
                [key: string]: number;
            };
            /** Created Date */
            created_date: string;
            /**
             * Decisions
             * @description As in the result metadata; entries of `evidence`, `warnings` and `autofixes` have a `text` too.
             */
            decisions: {
                [key: string]: unknown;
            } | null;
            deleted: components["schemas"]["DeletedParts"];
            /** Development Mode */
            development_mode: boolean;
            downloads: components["schemas"]["Downloads"];
            /**
             * Duration Ms
             * @description How long the run took, without the time that people took.
             */
            duration_ms: number | null;
            /**
             * Error Count
             * @description Errors in all.
             */
            error_count: number | null;
            /** Id */
            id: string;
            /** Import Identifier */
            import_identifier: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "file" | "initial_data";
            /**
             * Labels
             * @description Key of a field → its label.
             */
            labels: {
                [key: string]: string;
            };
            /** Modified Date */
            modified_date: string;
            /** @description Null when its file was sent to the service. */
            origin: components["schemas"]["Origin"] | null;
            /** Original Filename */
            original_filename: string | null;
            /** @description While RUNNING, and only after the first second. */
            progress: components["schemas"]["RunProgress"] | null;
            /** Reasons */
            reasons: components["schemas"]["Reason"][];
            /**
             * Recipe Offered
             * @description It was reviewed and finished, so what people did can be kept as a recipe for the next file.
             */
            recipe_offered: boolean;
            rerun: components["schemas"]["Rerun"];
            /**
             * Rerun Of
             * @description The import whose source it read again.
             */
            rerun_of: string | null;
            /**
             * Restarts
             * @description How often its run had to begin again, because a server or worker stopped.
             */
            restarts: number;
            /**
             * Review Url
             * @description While NEEDS_REVIEW.
             */
            review_url: string | null;
            /**
             * Rows
             * @description Rows that were read; null until it is known.
             */
            rows: number | null;
            /** Rows With Errors */
            rows_with_errors: number | null;
            /** @description Null for an inline schema. */
            saved_schema: components["schemas"]["SchemaName"] | null;
            /** Started Date */
            started_date: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "AWAITING_UPLOAD" | "PENDING" | "RUNNING" | "NEEDS_REVIEW" | "SUCCESSFUL" | "FAILED";
            /**
             * Submitting
             * @description A person has submitted the review, and it is being finished.
             */
            submitting: boolean;
            /**
             * Timeline
             * @description Oldest first.
             */
            timeline: components["schemas"]["TimelineEntry"][];
            user: components["schemas"]["User"] | null;
        };
        /**
         * ImportFull
         * @description An import with everything.
         */
        ImportFull: {
            /** Created Date */
            created_date: string;
            /** Id */
            id: string;
            /**
             * Import Errors
             * @description Why it FAILED or NEEDS_REVIEW: `{code, message, ...context}`.
             */
            import_errors: {
                [key: string]: unknown;
            }[] | null;
            /** Modified Date */
            modified_date: string;
            /** Original Filename */
            original_filename: string | null;
            /**
             * Result Metadata
             * @description What the outcome says about its rows, when SUCCESSFUL.
             */
            result_metadata: {
                [key: string]: unknown;
            } | null;
            /**
             * Review Url
             * @description Link for the person who must decide, while NEEDS_REVIEW.
             */
            review_url: string | null;
            /**
             * Schema Id
             * @description Null for an inline schema.
             */
            schema_id: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "AWAITING_UPLOAD" | "PENDING" | "RUNNING" | "NEEDS_REVIEW" | "SUCCESSFUL" | "FAILED";
            /**
             * Upload
             * @description Presigned URL for the file, while AWAITING_UPLOAD.
             */
            upload: string | null;
        };
        /**
         * ImportIssue
         * @description An error, warning or note about a cell or row.
         */
        ImportIssue: {
            /** Code */
            code?: string | null;
            /** Fieldkey */
            fieldKey?: string | null;
            /** Level */
            level?: string | null;
            /** Manytooneindex */
            manyToOneIndex?: number | null;
            /** Message */
            message?: string | null;
            /** Rowindex */
            rowIndex?: number | null;
            /**
             * Sourcerow
             * @description Number of the record in the file, counted from 1.
             */
            sourceRow?: number | null;
            /** Value */
            value?: unknown;
        };
        /**
         * ImportList
         * @description A page of imports, newest first.
         */
        ImportList: {
            /** Count */
            count: number;
            /** Next */
            next: string | null;
            /** Previous */
            previous: string | null;
            /** Results */
            results: components["schemas"]["ImportSummary"][];
        };
        /**
         * ImportMetadata
         * @description Facts of the caller's own.
         */
        ImportMetadata: {
            /** @default null */
            user?: components["schemas"]["User"] | null;
        };
        /**
         * ImportPage
         * @description A page of imports, newest first.
         */
        ImportPage: {
            /**
             * Next
             * @description `cursor` of the following page; null at the end.
             */
            next: string | null;
            /** Results */
            results: components["schemas"]["ListedImport"][];
            /**
             * Searched To
             * @description The page ended before it was full, because enough imports were looked through: so far back. Go on with `next`.
             */
            searched_to: string | null;
        };
        /**
         * ImportProgress
         * @description How far a run is. `fraction` is 0–1, null where it cannot be known.
         */
        ImportProgress: {
            /** Fraction */
            fraction: number | null;
            /**
             * Status
             * @enum {string}
             */
            status: "AWAITING_UPLOAD" | "PENDING" | "RUNNING" | "NEEDS_REVIEW" | "SUCCESSFUL" | "FAILED";
            /** Step */
            step: string | null;
        };
        /**
         * ImportSummary
         * @description An import as lists show it.
         */
        ImportSummary: {
            /** Created Date */
            created_date: string;
            /** Id */
            id: string;
            /** Modified Date */
            modified_date: string;
            /** Original Filename */
            original_filename: string | null;
            /**
             * Schema Id
             * @description Null for an inline schema.
             */
            schema_id: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "AWAITING_UPLOAD" | "PENDING" | "RUNNING" | "NEEDS_REVIEW" | "SUCCESSFUL" | "FAILED";
        };
        /**
         * ImportSums
         * @description What happened lately, and what stands where.
         */
        ImportSums: {
            /**
             * Days
             * @description Every day of the period, oldest first.
             */
            days: components["schemas"]["DaySummary"][];
            /**
             * Standing
             * @description Imports that wait for something now, however old.
             */
            standing: {
                [key: string]: number;
            };
        };
        /**
         * InferAnswer
         * @description What a file could mean.
         */
        InferAnswer: {
            /** Fields */
            fields: components["schemas"]["InferredField"][];
            /**
             * File
             * @description How it was read: as `file` in the decisions.
             */
            file: {
                [key: string]: unknown;
            };
            /**
             * Header
             * @description Which row holds the names: as `header` in the decisions.
             */
            header: {
                [key: string]: unknown;
            };
            /** Rows */
            rows: number;
            /** Warnings */
            warnings: components["schemas"]["Statement"][];
        };
        /**
         * InferredField
         * @description A column and the field that it could be.
         */
        InferredField: {
            /**
             * Column
             * @description Position of the column, from 0.
             */
            column: number;
            /**
             * Distinct
             * @description Different texts among them.
             */
            distinct: number;
            /**
             * Evidence
             * @description Why: the type first, then options and validators.
             */
            evidence: components["schemas"]["Statement"][];
            /**
             * Field
             * @description A field of a schema, ready to use.
             */
            field: {
                [key: string]: unknown;
            };
            /**
             * Filled
             * @description Cells that are not empty.
             */
            filled: number;
            /** Header */
            header: string;
            /**
             * Samples
             * @description The first different texts.
             */
            samples: string[];
        };
        /**
         * InferRequest
         * @description A file whose fields are to be found.
         */
        InferRequest: {
            sample: components["schemas"]["SampleFile"];
            /**
             * Settings
             * @description Settings of a schema about how to read it: delimiter, uploadStep, matchingStep.headerRowOverride.
             * @default null
             */
            settings?: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * Invitation
         * @description An invitation that was not accepted yet.
         */
        Invitation: {
            /** Created Date */
            created_date: string;
            /** Email */
            email: string;
            /** Expired */
            expired: boolean;
            /** Expires Date */
            expires_date: string;
            /** Id */
            id: string;
            /**
             * Role
             * @enum {string}
             */
            role: "admin" | "member";
        };
        /**
         * InvitationAcceptance
         * @description How to accept an invitation: with a new account, or with the password of the one that there is.
         */
        InvitationAcceptance: {
            /**
             * Name
             * @description Needed for a new account.
             * @default null
             */
            name?: string | null;
            /**
             * Password
             * @description A new one of at least 12 characters, or that of the account.
             */
            password: string;
            /**
             * Token
             * @description What stands behind `#` in the link.
             */
            token: string;
        };
        /**
         * InvitationLook
         * @description What an invitation is for.
         */
        InvitationLook: {
            /** Email */
            email: string;
            /** Expires Date */
            expires_date: string;
            /**
             * Has Account
             * @description Whether to ask for the password of the account, or for a name and a new one.
             */
            has_account: boolean;
            /** Organization */
            organization: string;
            /**
             * Role
             * @enum {string}
             */
            role: "admin" | "member";
        };
        /**
         * InvitationWithLink
         * @description A new invitation. The link is shown this once.
         */
        InvitationWithLink: {
            /** Created Date */
            created_date: string;
            /** Email */
            email: string;
            /** Expired */
            expired: boolean;
            /** Expires Date */
            expires_date: string;
            /** Id */
            id: string;
            /**
             * Role
             * @enum {string}
             */
            role: "admin" | "member";
            /** Url */
            url: string;
        };
        /**
         * InvitationWrite
         * @description Whom to invite, as what.
         */
        InvitationWrite: {
            /** Email */
            email: string;
            /**
             * Role
             * @default member
             * @enum {string}
             */
            role?: "admin" | "member";
        };
        /**
         * IssuePage
         * @description A page of issues, in the order of the rows.
         */
        IssuePage: {
            /**
             * Next
             * @description `cursor` of the following page, which may be shorter; null at the end.
             */
            next: string | null;
            /** Results */
            results: components["schemas"]["ImportIssue"][];
        };
        /**
         * KeyObject
         * @description A key, without the key itself.
         */
        KeyObject: {
            /** Created Date */
            created_date: string;
            /** Expires Date */
            expires_date: string | null;
            /** Id */
            id: string;
            /** Last Used */
            last_used: string | null;
            /** Name */
            name: string;
            /** Revoked Date */
            revoked_date: string | null;
            /** Scopes */
            scopes: ("imports:read" | "imports:write" | "schemas:read" | "schemas:write" | "memory:read" | "memory:write" | "webhooks:read" | "webhooks:write" | "sftp:read" | "sftp:write" | "admin")[];
            /** Shown Start */
            shown_start: string;
            /**
             * State
             * @enum {string}
             */
            state: "valid" | "expired" | "revoked";
        };
        /**
         * KeyWithSecret
         * @description A new key. It is shown this once.
         */
        KeyWithSecret: {
            /** Created Date */
            created_date: string;
            /** Expires Date */
            expires_date: string | null;
            /** Id */
            id: string;
            /** Key */
            key: string;
            /** Last Used */
            last_used: string | null;
            /** Name */
            name: string;
            /** Revoked Date */
            revoked_date: string | null;
            /** Scopes */
            scopes: ("imports:read" | "imports:write" | "schemas:read" | "schemas:write" | "memory:read" | "memory:write" | "webhooks:read" | "webhooks:write" | "sftp:read" | "sftp:write" | "admin")[];
            /** Shown Start */
            shown_start: string;
            /**
             * State
             * @enum {string}
             */
            state: "valid" | "expired" | "revoked";
        };
        /**
         * KeyWrite
         * @description A key to make.
         */
        KeyWrite: {
            /**
             * Expires Date
             * @description When it ends, in ISO 8601 with a time zone. Without it: when it is revoked.
             * @default null
             */
            expires_date?: string | null;
            /** Name */
            name: string;
            /**
             * Scopes
             * @description What it may do; to write contains to read. Without them: everything but `admin`.
             * @default null
             */
            scopes?: ("imports:read" | "imports:write" | "schemas:read" | "schemas:write" | "memory:read" | "memory:write" | "webhooks:read" | "webhooks:write" | "sftp:read" | "sftp:write" | "admin")[] | null;
        };
        /**
         * LearnedHeader
         * @description A header of files → a field, or null for a column to ignore.
         */
        LearnedHeader: {
            /**
             * Count
             * @default 1
             */
            count?: number;
            /**
             * Field
             * @default null
             */
            field?: string | null;
            /** Header */
            header: string;
            /**
             * Last Used
             * @default null
             */
            last_used?: string | null;
        };
        /**
         * LearnedValue
         * @description A cell text of a select field → the value of an option.
         */
        LearnedValue: {
            /**
             * Count
             * @default 1
             */
            count?: number;
            /** Field */
            field: string;
            /**
             * Last Used
             * @default null
             */
            last_used?: string | null;
            /** Option */
            option: string;
            /** Value */
            value: string;
        };
        /**
         * LinkToken
         * @description A one-time link.
         */
        LinkToken: {
            /**
             * Token
             * @description What stands behind `#` in the link.
             */
            token: string;
        };
        /**
         * ListedImport
         * @description An import as the dashboard lists it.
         */
        ListedImport: {
            /** Created Date */
            created_date: string;
            /** Development Mode */
            development_mode: boolean;
            /**
             * Duration Ms
             * @description How long the run took, without the time that people took.
             */
            duration_ms: number | null;
            /** Id */
            id: string;
            /** Import Identifier */
            import_identifier: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "file" | "initial_data";
            /** Modified Date */
            modified_date: string;
            /** Original Filename */
            original_filename: string | null;
            /** @description While RUNNING, and only after the first second. */
            progress: components["schemas"]["RunProgress"] | null;
            /**
             * Rows
             * @description Rows that were read; null until it is known.
             */
            rows: number | null;
            /** Rows With Errors */
            rows_with_errors: number | null;
            /** @description Null for an inline schema. */
            saved_schema: components["schemas"]["SchemaName"] | null;
            /** Started Date */
            started_date: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "AWAITING_UPLOAD" | "PENDING" | "RUNNING" | "NEEDS_REVIEW" | "SUCCESSFUL" | "FAILED";
            /**
             * Submitting
             * @description A person has submitted the review, and it is being finished.
             */
            submitting: boolean;
        };
        /**
         * Me
         * @description Who is signed in, where, and what they may do there.
         */
        Me: {
            organization: components["schemas"]["OrganizationObject"];
            /**
             * Organizations
             * @description All of the person's, by name.
             */
            organizations: components["schemas"]["OrganizationObject"][];
            /** Scopes */
            scopes: ("imports:read" | "imports:write" | "schemas:read" | "schemas:write" | "memory:read" | "memory:write" | "webhooks:read" | "webhooks:write" | "sftp:read" | "sftp:write" | "admin")[];
            user: components["schemas"]["UserObject"];
        };
        /**
         * Member
         * @description A person in the organization.
         */
        Member: {
            /**
             * Created Date
             * @description When they joined.
             */
            created_date: string;
            /**
             * Last Used
             * @description When one of their sessions here was used last.
             */
            last_used: string | null;
            /**
             * Role
             * @enum {string}
             */
            role: "admin" | "member";
            user: components["schemas"]["UserObject"];
        };
        /**
         * MemberChange
         * @description What a member shall be.
         */
        MemberChange: {
            /**
             * Role
             * @enum {string}
             */
            role: "admin" | "member";
        };
        /**
         * MemoryObject
         * @description Everything learned for one importIdentifier.
         */
        MemoryObject: {
            /**
             * Headers
             * @default []
             */
            headers?: components["schemas"]["LearnedHeader"][];
            /** Import Identifier */
            import_identifier: string;
            /**
             * Values
             * @default []
             */
            values?: components["schemas"]["LearnedValue"][];
        };
        /**
         * MemorySummary
         * @description How much is known for one importIdentifier.
         */
        MemorySummary: {
            /** Import Identifier */
            import_identifier: string;
            /** Last Used */
            last_used: string;
            /** Matches */
            matches: number;
        };
        /**
         * MemoryWrite
         * @description Matches, newest first.
         */
        MemoryWrite: {
            /**
             * Headers
             * @default []
             */
            headers?: components["schemas"]["LearnedHeader"][];
            /**
             * Values
             * @default []
             */
            values?: components["schemas"]["LearnedValue"][];
        };
        /**
         * MergeFile
         * @description Take over a corrected workbook that was uploaded before.
         */
        MergeFile: {
            /**
             * Delete Missing
             * @description Rows that the workbook was written with and that are gone are deleted.
             * @default false
             */
            delete_missing?: boolean;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "merge_file";
            /** Upload */
            upload: string;
        };
        /**
         * Message
         * @description A text about a cell, a row or a decision, in the language of the review.
         */
        Message: {
            /** Code */
            code: string;
            /**
             * Level
             * @enum {string}
             */
            level: "error" | "warning" | "info";
            /** Text */
            text: string;
        };
        /** OrderReading */
        OrderReading: {
            /** Day Month */
            day_month: string | null;
            /** Month Day */
            month_day: string | null;
            /** Text */
            text: string;
        };
        /**
         * OrganizationChoice
         * @description Which organization to work in.
         */
        OrganizationChoice: {
            /** Organization Id */
            organization_id: string;
        };
        /**
         * OrganizationObject
         * @description An organization, and what the person is there.
         */
        OrganizationObject: {
            /** Created Date */
            created_date: string;
            /** Id */
            id: string;
            /** Name */
            name: string;
            /**
             * Role
             * @enum {string}
             */
            role: "admin" | "member";
        };
        /**
         * OrganizationWrite
         * @description What an organization is called.
         */
        OrganizationWrite: {
            /** Name */
            name: string;
        };
        /**
         * Origin
         * @description Where the file of an import was fetched from.
         */
        Origin: {
            /**
             * Changed Date
             * @description The server's time of change.
             */
            changed_date: string | null;
            /**
             * Connector Id
             * @description The connector, which may be gone.
             */
            connector_id: string;
            /** Hostname */
            hostname: string;
            /**
             * Kind
             * @constant
             */
            kind: "sftp";
            /** Path */
            path: string;
            /** Size */
            size: number;
        };
        /**
         * OutdatedRecipe
         * @description Somebody else saved the recipe since the version that the request is based on. Nothing was done.
         */
        OutdatedRecipe: {
            /** @description The version that is there now; its `ETag` is in the header. */
            current: components["schemas"]["RecipeVersionHead"];
            /** Detail */
            detail: string;
        };
        /**
         * OutdatedRetention
         * @description Somebody changed it since the version that the change is based on.
         */
        OutdatedRetention: {
            /**
             * Current
             * @description What is set now.
             */
            current: {
                [key: string]: unknown;
            };
            /** Detail */
            detail: string;
        };
        /**
         * OutdatedSchema
         * @description Somebody else saved the schema since the version that the request is based on. Nothing was done.
         */
        OutdatedSchema: {
            /** @description The version that is there now; its `ETag` is in the header. */
            current: components["schemas"]["Version"];
            /** Detail */
            detail: string;
        };
        /**
         * PageSettings
         * @description The schema's settings that the page follows.
         */
        PageSettings: {
            /** Allow Adding Rows */
            allow_adding_rows: boolean;
            /** Allow Custom Fields */
            allow_custom_fields: boolean;
            /** Allow Empty Submit */
            allow_empty_submit: boolean;
            /** Allow Removing Rows */
            allow_removing_rows: boolean;
            /**
             * Column Suggestions
             * @description Whether the operator set up a model that suggests fields (`POST /columns/suggest`).
             */
            column_suggestions: boolean;
            /** Highlight Auto Fixes */
            highlight_auto_fixes: boolean;
            /**
             * Invalid Data Behavior
             * @enum {string}
             */
            invalid_data_behavior: "REMOVE_INVALID_ROWS" | "INCLUDE_INVALID_ROWS" | "INCLUDE_INVALID_ROWS_AND_VALUES" | "BLOCK_SUBMIT";
            /** Match To Schema */
            match_to_schema: boolean;
            /** Max Mappable Select Values */
            max_mappable_select_values: number;
            /** Processing Text */
            processing_text: string | null;
            /**
             * Remember Corrections
             * @description Whether the page offers to remember the corrections for the next file (`POST` and `PUT /recipe`).
             */
            remember_corrections: boolean;
            /** Skip If All Fields Matched */
            skip_if_all_fields_matched: boolean;
            /** Style Overrides */
            style_overrides: {
                [key: string]: unknown;
            };
            /** Suggest Custom First */
            suggest_custom_first: boolean;
            /**
             * Text Overrides
             * @description `textOverrides.ui`: message id → text.
             */
            text_overrides: {
                [key: string]: string;
            };
            /** Transform Prompts */
            transform_prompts: string[];
            /**
             * Transformations
             * @description Whether **Transform** is offered.
             */
            transformations: boolean;
            /**
             * Transformations In Words
             * @description Whether the operator configured an endpoint that writes expressions.
             */
            transformations_in_words: boolean;
        };
        /**
         * PasswordChange
         * @description A new password, by the person.
         */
        PasswordChange: {
            /** Current Password */
            current_password: string;
            /**
             * New Password
             * @description At least 12 characters.
             */
            new_password: string;
        };
        /**
         * PasswordReset
         * @description A new password, by a link that an admin made.
         */
        PasswordReset: {
            /**
             * New Password
             * @description At least 12 characters.
             */
            new_password: string;
            /**
             * Token
             * @description What stands behind `#` in the link.
             */
            token: string;
        };
        /**
         * Paste
         * @description Write `texts` from the range's first cell on; `add_rows` where they reach behind the last row.
         */
        Paste: {
            /**
             * Add Rows
             * @default false
             */
            add_rows?: boolean;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "paste";
            range: components["schemas"]["Range"];
            /** Texts */
            texts: string[][];
        };
        /**
         * Preparing
         * @description A longer piece of work that is under way.
         */
        Preparing: {
            /** Fraction */
            fraction: number | null;
            /** Step */
            step: string;
        };
        /**
         * PresignedUrl
         * @description A URL that is valid for 30 minutes and needs no key.
         */
        PresignedUrl: {
            /** Presigned Url */
            presigned_url: string;
        };
        /** Preview */
        Preview: {
            /** Cells */
            cells: number;
            /**
             * Errors After
             * @description The same afterwards; null when there are too many rows to try.
             */
            errors_after: number | null;
            /**
             * Errors Before
             * @description Errors in the rows that would change.
             */
            errors_before: number;
            /**
             * Problem
             * @description Why it cannot be done: a wrong expression or regular expression.
             */
            problem: string | null;
            /** Rows */
            rows: number;
            /**
             * Samples
             * @description At most ten.
             */
            samples: components["schemas"]["Sample"][];
            /** Skipped */
            skipped: number;
            /**
             * Tried Rows
             * @description A transform of very many rows is tried on so many of them, and all counts are of these; null: on all.
             */
            tried_rows: number | null;
        };
        /** PreviewBody */
        PreviewBody: {
            /** Change */
            change: components["schemas"]["SetCells"] | components["schemas"]["Paste"] | components["schemas"]["Fill"] | components["schemas"]["Clear"] | components["schemas"]["Replace"] | components["schemas"]["Fix"] | components["schemas"]["AddRows"] | components["schemas"]["DeleteRows"] | components["schemas"]["Transform"] | components["schemas"]["MergeFile"];
        };
        /**
         * Problem
         * @description Why the import waits, or what stopped it.
         */
        Problem: {
            /** Code */
            code: string;
            /** Context */
            context: {
                [key: string]: unknown;
            };
            /** Text */
            text: string;
        };
        /**
         * ProfileChange
         * @description What people change about themselves.
         */
        ProfileChange: {
            /** Name */
            name: string;
        };
        /**
         * QueueHealth
         * @description Imports that wait and run, of all organizations.
         */
        QueueHealth: {
            /**
             * Oldest Date
             * @description When the one that waits longest was created.
             */
            oldest_date: string | null;
            /** Running */
            running: number;
            /** Waiting */
            waiting: number;
        };
        /**
         * Range
         * @description A rectangle of the view. `first`/`last` are positions (inclusive); `columns` in the order that is shown.
         */
        Range: {
            /** Columns */
            columns: string[];
            /** First */
            first: number;
            /** Last */
            last: number;
            view: components["schemas"]["View"];
        };
        /**
         * RawUpload
         * @description The file as it was sent.
         */
        RawUpload: {
            /** Filename */
            filename: string | null;
            /** Storage Key */
            storage_key: string | null;
        };
        /**
         * RawUploadWithUrl
         * @description The file as it was sent, and where to get it.
         */
        RawUploadWithUrl: {
            /** Download Url */
            download_url: string | null;
            /** Filename */
            filename: string | null;
            /** Storage Key */
            storage_key: string | null;
        };
        /**
         * ReadingChoice
         * @description How to read the source; keys left out stay as they are, null is headgate's own choice.
         */
        ReadingChoice: {
            /**
             * Delimiter
             * @default null
             */
            delimiter?: string | null;
            /**
             * Encoding
             * @default null
             */
            encoding?: string | null;
            /**
             * Sheet
             * @default null
             */
            sheet?: string | null;
        };
        /**
         * ReadingInfo
         * @description How the source was read, and what else is possible. The lists are empty where there is nothing to choose.
         */
        ReadingInfo: {
            /** Delimiter */
            delimiter: string | null;
            /** Delimiters */
            delimiters: components["schemas"]["Choice"][];
            /** Encoding */
            encoding: string | null;
            /** Encodings */
            encodings: components["schemas"]["Choice"][];
            /** Format */
            format: string;
            /** Quote */
            quote: string | null;
            /** Sheet */
            sheet: string | null;
            /** Sheets */
            sheets: components["schemas"]["Choice"][];
            /** Warnings */
            warnings: components["schemas"]["Message"][];
        };
        /**
         * Reason
         * @description Why an import failed or needs a person.
         */
        Reason: {
            /** Code */
            code: string;
            /**
             * Text
             * @description In the language that was asked for.
             */
            text: string;
        };
        /**
         * Receipt
         * @description That something was deleted: ids and counts, never content or names.
         */
        Receipt: {
            /**
             * Bytes
             * @description Their size.
             */
            bytes: number;
            /**
             * Completed Date
             * @description Null while files still go.
             */
            completed_date: string | null;
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "import" | "source" | "result" | "review" | "console" | "memory" | "organization";
            /**
             * Object Id
             * @description Id of the import or organization; null for memory.
             */
            object_id: string | null;
            /**
             * Objects
             * @description Stored files that went.
             */
            objects: number;
            /** Organization Id */
            organization_id: string;
            /**
             * Reason
             * @enum {string}
             */
            reason: "request" | "retention" | "organization";
            requested_by: components["schemas"]["Requester"];
            /** Requested Date */
            requested_date: string;
            /**
             * Rows
             * @description Table → rows that went.
             */
            rows: {
                [key: string]: number;
            };
            /**
             * Signature
             * @description HMAC-SHA256 in hexadecimal; null until it is complete.
             */
            signature: string | null;
        };
        /**
         * ReceiptCheck
         * @description Whether a receipt is genuine.
         */
        ReceiptCheck: {
            /** Genuine */
            genuine: boolean;
        };
        /**
         * ReceiptList
         * @description A page of receipts, newest first.
         */
        ReceiptList: {
            /** Count */
            count: number;
            /** Next */
            next: string | null;
            /** Previous */
            previous: string | null;
            /** Results */
            results: components["schemas"]["Receipt"][];
        };
        /**
         * RecipeAuthor
         * @description Who saved a version: a key, a user, or somebody with the link of a review (`id` is then the import).
         */
        RecipeAuthor: {
            /** Id */
            id: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "key" | "user" | "reviewer";
        };
        /**
         * RecipeCreate
         * @description A recipe of an importIdentifier. Where there is one already, this is its next version.
         */
        RecipeCreate: {
            /** Import Identifier */
            import_identifier: string;
            /**
             * Recipe
             * @description The document; see docs/recipes.md.
             * @default null
             */
            recipe?: {
                [key: string]: unknown;
            } | null;
            /**
             * Toml
             * @description The same as TOML, such as the export gives.
             * @default null
             */
            toml?: string | null;
        };
        /**
         * RecipeObject
         * @description A recipe with its document.
         */
        RecipeObject: {
            /** Created At */
            created_at: string;
            /** Enabled */
            enabled: boolean;
            /** Id */
            id: string;
            /** Import Identifier */
            import_identifier: string;
            /** Modified At */
            modified_at: string;
            /** Recipe */
            recipe: {
                [key: string]: unknown;
            };
            /**
             * Version
             * @description The newest one.
             */
            version: number;
        };
        /**
         * RecipeParts
         * @description How much a recipe holds.
         */
        RecipeParts: {
            /** Columns */
            columns: number;
            /** Orders */
            orders: number;
            /** Replacements */
            replacements: number;
            /** Values */
            values: number;
        };
        /**
         * RecipeProposal
         * @description What would be remembered of a finished review.
         */
        RecipeProposal: {
            /**
             * Left Out
             * @description Code (docs/recipes.md) → how much cannot be remembered.
             */
            left_out: {
                [key: string]: number;
            };
            parts: components["schemas"]["RememberedParts"];
            /**
             * Recipe
             * @description null: nothing was done that could be remembered.
             */
            recipe: {
                [key: string]: unknown;
            } | null;
        };
        /** RecipeSaved */
        RecipeSaved: {
            /**
             * Enabled
             * @description Whether the next imports use it; the operator may have switched it off.
             */
            enabled: boolean;
            /** Version */
            version: number;
        };
        /**
         * RecipeSummary
         * @description An entry of the list.
         */
        RecipeSummary: {
            /** Created At */
            created_at: string;
            /** Enabled */
            enabled: boolean;
            /** Id */
            id: string;
            /** Import Identifier */
            import_identifier: string;
            /** Modified At */
            modified_at: string;
            parts: components["schemas"]["RecipeParts"];
            /**
             * Version
             * @description The newest one.
             */
            version: number;
        };
        /**
         * RecipeSwitch
         * @description Whether imports use the recipe.
         */
        RecipeSwitch: {
            /** Enabled */
            enabled: boolean;
        };
        /**
         * RecipeVersionHead
         * @description A version without its document.
         */
        RecipeVersionHead: {
            author: components["schemas"]["RecipeAuthor"];
            /** Created At */
            created_at: string;
            /** Restored From */
            restored_from: number | null;
            /** Version */
            version: number;
        };
        /**
         * RecipeVersionObject
         * @description A version with its document.
         */
        RecipeVersionObject: {
            author: components["schemas"]["RecipeAuthor"];
            /** Created At */
            created_at: string;
            /** Recipe */
            recipe: {
                [key: string]: unknown;
            };
            /** Restored From */
            restored_from: number | null;
            /** Version */
            version: number;
        };
        /**
         * RecipeWrite
         * @description A recipe to save: `recipe` as JSON, or `toml`.
         */
        RecipeWrite: {
            /**
             * Recipe
             * @description The document; see docs/recipes.md.
             * @default null
             */
            recipe?: {
                [key: string]: unknown;
            } | null;
            /**
             * Toml
             * @description The same as TOML, such as the export gives.
             * @default null
             */
            toml?: string | null;
        };
        /**
         * RememberedParts
         * @description How much a recipe holds.
         */
        RememberedParts: {
            /** Columns */
            columns: number;
            /** Orders */
            orders: number;
            /** Replacements */
            replacements: number;
            /** Values */
            values: number;
        };
        /** Replace */
        Replace: {
            /**
             * Columns
             * @description null: all that may be edited.
             * @default null
             */
            columns?: string[] | null;
            /** Find */
            find: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "replace";
            /**
             * Match Case
             * @default false
             */
            match_case?: boolean;
            /**
             * Regex
             * @default false
             */
            regex?: boolean;
            /**
             * Replace
             * @default
             */
            replace?: string;
            /**
             * @default {
             *       "filters": [],
             *       "group": null,
             *       "only": "all",
             *       "search": null,
             *       "snapshot": null,
             *       "sort": []
             *     }
             */
            view?: components["schemas"]["View"];
            /**
             * Whole Cell
             * @default false
             */
            whole_cell?: boolean;
        };
        /**
         * Replayed
         * @description How many deliveries are sent again.
         */
        Replayed: {
            /** Count */
            count: number;
        };
        /**
         * Requester
         * @description Who had something deleted.
         */
        Requester: {
            /** Id */
            id: string | null;
            /**
             * Kind
             * @description `system`: a retention period that was over.
             * @enum {string}
             */
            kind: "user" | "key" | "system";
        };
        /**
         * Rerun
         * @description With which schemas an import can be run again.
         */
        Rerun: {
            /**
             * Current
             * @description The saved schema is there and is another than the import had.
             */
            current: boolean;
            /** Frozen */
            frozen: boolean;
            sent: components["schemas"]["SentKeys"];
        };
        /**
         * RerunImport
         * @description The new import, and what it is run with.
         */
        RerunImport: {
            /** Created Date */
            created_date: string;
            /** Development Mode */
            development_mode: boolean;
            /**
             * Duration Ms
             * @description How long the run took, without the time that people took.
             */
            duration_ms: number | null;
            /** Id */
            id: string;
            /** Import Identifier */
            import_identifier: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "file" | "initial_data";
            /** Modified Date */
            modified_date: string;
            /** Original Filename */
            original_filename: string | null;
            /** @description While RUNNING, and only after the first second. */
            progress: components["schemas"]["RunProgress"] | null;
            /**
             * Rows
             * @description Rows that were read; null until it is known.
             */
            rows: number | null;
            /** Rows With Errors */
            rows_with_errors: number | null;
            /** @description Null for an inline schema. */
            saved_schema: components["schemas"]["SchemaName"] | null;
            /** Started Date */
            started_date: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "AWAITING_UPLOAD" | "PENDING" | "RUNNING" | "NEEDS_REVIEW" | "SUCCESSFUL" | "FAILED";
            /**
             * Submitting
             * @description A person has submitted the review, and it is being finished.
             */
            submitting: boolean;
            used: components["schemas"]["UsedSchema"];
        };
        /**
         * RerunWrite
         * @description How to run an import again.
         */
        RerunWrite: {
            /**
             * Schema
             * @description The schema as the import had it, or the saved one as it is now.
             * @default frozen
             * @enum {string}
             */
            schema?: "frozen" | "current";
        };
        /**
         * ResetLink
         * @description A link to set a new password. It is shown this once.
         */
        ResetLink: {
            /** Expires Date */
            expires_date: string;
            /** Url */
            url: string;
        };
        /**
         * ResetLook
         * @description Whose password a link sets.
         */
        ResetLook: {
            /** Email */
            email: string;
            /** Expires Date */
            expires_date: string;
        };
        /**
         * ReviewError
         * @description An error as one sentence, with a stable code.
         */
        ReviewError: {
            /**
             * Code
             * @description docs/errors.md, “Reviews”.
             */
            code: string;
            /** Detail */
            detail: string;
        };
        /**
         * ReviewLink
         * @description A new link; those that were out open nothing any more.
         */
        ReviewLink: {
            /**
             * Expires
             * Format: date-time
             */
            expires: string;
            /** Review Url */
            review_url: string;
        };
        /**
         * ReviewState
         * @description Everything but the rows.
         */
        ReviewState: {
            /** Development Mode */
            development_mode: boolean;
            /**
             * Expires
             * Format: date-time
             * @description When the link ends.
             */
            expires: string;
            /** Fields */
            fields: components["schemas"]["FieldInfo"][];
            /** Filename */
            filename: string | null;
            /** Id */
            id: string;
            /** Import Identifier */
            import_identifier: string | null;
            /** Locale */
            locale: string;
            /**
             * Lost Edits
             * @description Edits whose cell no longer exists after an earlier step was changed; they come back with it.
             */
            lost_edits: number;
            preparing: components["schemas"]["Preparing"] | null;
            /**
             * Reasons
             * @description `import_errors`, in the language of the review.
             */
            reasons: components["schemas"]["Problem"][];
            redo: components["schemas"]["HistoryEntry"] | null;
            /**
             * Rows Read
             * @description Records of the source behind the header.
             */
            rows_read: number | null;
            settings: components["schemas"]["PageSettings"];
            /** Sheet */
            sheet: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "AWAITING_UPLOAD" | "PENDING" | "RUNNING" | "NEEDS_REVIEW" | "SUCCESSFUL" | "FAILED";
            /**
             * Step
             * @description Where the person is needed first.
             * @enum {string}
             */
            step: "header" | "columns" | "values" | "review";
            /** Steps */
            steps: components["schemas"]["StepInfo"][];
            /** Submitting */
            submitting: boolean;
            /** Title */
            title: string;
            /** @description What undo would take back for this author. */
            undo: components["schemas"]["HistoryEntry"] | null;
            /**
             * Version
             * @description Counts up with every change; 0 before the first.
             */
            version: number;
        };
        /** RowsById */
        RowsById: {
            /** Rows */
            rows: number[];
        };
        /** RowsPage */
        RowsPage: {
            /** Offset */
            offset: number;
            /** Rows */
            rows: components["schemas"]["GridRow"][];
            /** Snapshot */
            snapshot: string;
            /** Total */
            total: number;
            /** Version */
            version: number;
        };
        /** RowsQuery */
        RowsQuery: {
            /**
             * Limit
             * @default 100
             */
            limit?: number;
            /**
             * Offset
             * @default 0
             */
            offset?: number;
            /**
             * @default {
             *       "filters": [],
             *       "group": null,
             *       "only": "all",
             *       "search": null,
             *       "snapshot": null,
             *       "sort": []
             *     }
             */
            view?: components["schemas"]["View"];
        };
        /**
         * RunProgress
         * @description How far a run is.
         */
        RunProgress: {
            /**
             * Fraction
             * @description 0–1; null where it cannot be known.
             */
            fraction: number | null;
            /** Step */
            step: string;
        };
        /** Sample */
        Sample: {
            /** After */
            after: string | null;
            /** Before */
            before: string | null;
            /**
             * Column
             * @description The key of a field; `key[n]` for the n-th (from 0) of the columns of a `manyToOne` field.
             */
            column: string;
            /**
             * Row
             * @description The record's 0-based number in the source; rows that were added have negative ones.
             */
            row: number;
        };
        /**
         * SampleFile
         * @description Data to try things on: a file, or rows. Exactly one of `content` and `rows`.
         */
        SampleFile: {
            /**
             * Content
             * @description The bytes of the file, base64.
             * @default null
             */
            content?: string | null;
            /**
             * Filename
             * @description Name of the file; its extension is a hint.
             * @default null
             */
            filename?: string | null;
            /**
             * Rows
             * @description Rows: objects by field key (or column name), or lists in field order.
             * @default null
             */
            rows?: {
                [key: string]: unknown;
            }[] | unknown[][] | null;
        };
        /**
         * SchemaCheck
         * @description What keeps a schema from being saved.
         */
        SchemaCheck: {
            /**
             * Problems
             * @description Sentences by path, such as `fields[2].validators[0].regex`; empty when the schema can be saved.
             */
            problems: {
                [key: string]: string[];
            };
        };
        /**
         * SchemaName
         * @description The saved schema of an import.
         */
        SchemaName: {
            /** Id */
            id: string;
            /**
             * Name
             * @description Null when it was deleted.
             */
            name: string | null;
        };
        /**
         * SchemaObject
         * @description A saved schema, exactly as it was sent.
         */
        SchemaObject: {
            /**
             * Fields
             * @description The fields; see the schema reference.
             */
            fields: {
                [key: string]: unknown;
            }[];
            /** Hooks */
            hooks: {
                [key: string]: unknown;
            } | null;
            /** Id */
            id: string;
            /**
             * Name
             * @description Unique in the organization.
             */
            name: string;
            /**
             * Settings
             * @description The settings; `importIdentifier` is required.
             */
            settings: {
                [key: string]: unknown;
            };
        };
        /**
         * SchemaRetentionView
         * @description What holds for the imports of a saved schema where it is shorter than what holds for all.
         */
        SchemaRetentionView: {
            /**
             * Console Retention Days
             * @description Days after which what hooks of an ended import wrote to their console is deleted; null: never.
             */
            console_retention_days?: number | null;
            /** @description What holds: the shorter of both. */
            effective: components["schemas"]["SchemaRetentionWrite"];
            /** Modified Date */
            modified_date: string | null;
            /**
             * Result Retention Days
             * @description Days after which the result of an ended import is deleted, with errors and decisions; null: never.
             */
            result_retention_days?: number | null;
            /**
             * Retention Days
             * @description Days after which an ended import is deleted with its files; null: never.
             */
            retention_days?: number | null;
            /**
             * Review Retention Days
             * @description Days after which the edits made in the review of an ended import are deleted; null: never.
             */
            review_retention_days?: number | null;
            /**
             * Source Retention Days
             * @description Days after which the file of an ended import is deleted, or the rows that came instead; null: never.
             */
            source_retention_days?: number | null;
            /**
             * Version
             * @description 0 before anything was set; also the `ETag`.
             */
            version: number;
        };
        /**
         * SchemaRetentionWrite
         * @description Days after the end of an import for which it and its parts are kept. Null: as long as nothing else is shorter.
         */
        SchemaRetentionWrite: {
            /**
             * Console Retention Days
             * @description Days after which what hooks of an ended import wrote to their console is deleted; null: never.
             * @default null
             */
            console_retention_days?: number | null;
            /**
             * Result Retention Days
             * @description Days after which the result of an ended import is deleted, with errors and decisions; null: never.
             * @default null
             */
            result_retention_days?: number | null;
            /**
             * Retention Days
             * @description Days after which an ended import is deleted with its files; null: never.
             * @default null
             */
            retention_days?: number | null;
            /**
             * Review Retention Days
             * @description Days after which the edits made in the review of an ended import are deleted; null: never.
             * @default null
             */
            review_retention_days?: number | null;
            /**
             * Source Retention Days
             * @description Days after which the file of an ended import is deleted, or the rows that came instead; null: never.
             * @default null
             */
            source_retention_days?: number | null;
        };
        /**
         * SchemaWrite
         * @description A schema to save.
         */
        SchemaWrite: {
            /**
             * Fields
             * @description The fields; see the schema reference.
             */
            fields: {
                [key: string]: unknown;
            }[];
            /**
             * Hooks
             * @description JavaScript hooks by kind.
             * @default null
             */
            hooks?: {
                [key: string]: unknown;
            } | null;
            /**
             * Name
             * @description Unique in the organization.
             */
            name: string;
            /**
             * Settings
             * @description The settings; `importIdentifier` is required.
             */
            settings: {
                [key: string]: unknown;
            };
        };
        /**
         * SecretRotation
         * @description How to replace the secret.
         */
        SecretRotation: {
            /**
             * Keep Seconds
             * @description Seconds for which the secrets before sign as well; 0 ends them at once.
             * @default 86400
             */
            keep_seconds?: number;
        };
        /**
         * SeekQuery
         * @description The next cell with an issue, in the order of the view, from a position on (exclusive).
         */
        SeekQuery: {
            /**
             * Column
             * @default null
             */
            column?: string | null;
            /**
             * Direction
             * @default next
             * @enum {string}
             */
            direction?: "next" | "previous";
            /**
             * Level
             * @default error
             * @enum {string}
             */
            level?: "error" | "warning" | "info";
            /**
             * Position
             * @description Of the row in the view; -1: from the start.
             * @default -1
             */
            position?: number;
            view: components["schemas"]["View"];
        };
        /** SeekResult */
        SeekResult: {
            /** Column */
            column: string | null;
            /** Position */
            position: number | null;
            /** Row */
            row: number | null;
            /** Snapshot */
            snapshot: string;
        };
        /** SelectOption */
        SelectOption: {
            /** Label */
            label: string;
            /** Value */
            value: string;
        };
        /** SelectValue */
        SelectValue: {
            /** Count */
            count: number;
            /** Method */
            method: string | null;
            /** Option */
            option: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "accepted" | "uncertain" | "unmapped" | "ignored";
            /**
             * Suggestion
             * @description The `value` of the option that headgate would propose.
             */
            suggestion: string | null;
            /** Text */
            text: string;
        };
        /** SelectValues */
        SelectValues: {
            /**
             * Column
             * @description The key of a field; `key[n]` for the n-th (from 0) of the columns of a `manyToOne` field.
             */
            column: string;
            /** Field */
            field: string;
            /**
             * Total
             * @description How many different texts there are that are no option as they stand.
             */
            total: number;
            /**
             * Values
             * @description Most frequent first; at most `maxMappableSelectValues`.
             */
            values: components["schemas"]["SelectValue"][];
        };
        /**
         * SentKeys
         * @description Which settings and hooks were sent with an import; they count in a run with the saved schema of now as well.
         */
        SentKeys: {
            /** Hooks */
            hooks: string[] | null;
            /**
             * Settings
             * @description Keys; null for imports of before this was kept.
             */
            settings: string[] | null;
        };
        /**
         * SessionObject
         * @description A signed-in browser.
         */
        SessionObject: {
            /** Created Date */
            created_date: string;
            /**
             * Current
             * @description Whether it is the one that asks.
             */
            current: boolean;
            /** Expires Date */
            expires_date: string;
            /** Id */
            id: string;
            /** Last Used */
            last_used: string;
        };
        /** SetCells */
        SetCells: {
            /** Cells */
            cells: components["schemas"]["CellEdit"][];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "set_cells";
        };
        /**
         * SettingsView
         * @description The organization's settings, and the operator's, which hold for all.
         */
        SettingsView: {
            /**
             * Audit Retention Days
             * @description Days after which entries of the audit log are deleted; null: as the operator says.
             */
            audit_retention_days?: number | null;
            /** Configuration */
            configuration: components["schemas"]["ConfigurationEntry"][];
            /**
             * Console Retention Days
             * @description Days after which what hooks of an ended import wrote to their console is deleted; null: never.
             */
            console_retention_days?: number | null;
            /**
             * Delivery Retention Days
             * @description Days after which ended deliveries of webhooks are deleted; null: as the operator says.
             */
            delivery_retention_days?: number | null;
            /** Modified Date */
            modified_date: string | null;
            /**
             * Result Retention Days
             * @description Days after which the result of an ended import is deleted, with errors and decisions; null: never.
             */
            result_retention_days?: number | null;
            /**
             * Retention Days
             * @description Days after which an ended import is deleted with its files; null: never.
             */
            retention_days?: number | null;
            /**
             * Review Retention Days
             * @description Days after which the edits made in the review of an ended import are deleted; null: never.
             */
            review_retention_days?: number | null;
            /**
             * Source Retention Days
             * @description Days after which the file of an ended import is deleted, or the rows that came instead; null: never.
             */
            source_retention_days?: number | null;
        };
        /**
         * SettingsWrite
         * @description What an organization decides for itself.
         */
        SettingsWrite: {
            /**
             * Audit Retention Days
             * @description Days after which entries of the audit log are deleted; null: as the operator says.
             * @default null
             */
            audit_retention_days?: number | null;
            /**
             * Console Retention Days
             * @description Days after which what hooks of an ended import wrote to their console is deleted; null: never.
             * @default null
             */
            console_retention_days?: number | null;
            /**
             * Delivery Retention Days
             * @description Days after which ended deliveries of webhooks are deleted; null: as the operator says.
             * @default null
             */
            delivery_retention_days?: number | null;
            /**
             * Result Retention Days
             * @description Days after which the result of an ended import is deleted, with errors and decisions; null: never.
             * @default null
             */
            result_retention_days?: number | null;
            /**
             * Retention Days
             * @description Days after which an ended import is deleted with its files; null: never.
             * @default null
             */
            retention_days?: number | null;
            /**
             * Review Retention Days
             * @description Days after which the edits made in the review of an ended import are deleted; null: never.
             * @default null
             */
            review_retention_days?: number | null;
            /**
             * Source Retention Days
             * @description Days after which the file of an ended import is deleted, or the rows that came instead; null: never.
             * @default null
             */
            source_retention_days?: number | null;
        };
        /**
         * SetUp
         * @description The first person, who becomes admin of the organization that the service has from its start.
         */
        SetUp: {
            /** Email */
            email: string;
            /** Name */
            name: string;
            /**
             * Organization
             * @description A new name for the organization.
             * @default null
             */
            organization?: string | null;
            /**
             * Password
             * @description At least 12 characters.
             */
            password: string;
            /**
             * Token
             * @description What stands behind `#` in the setup link.
             */
            token: string;
        };
        /**
         * SetupState
         * @description Whether somebody must set the service up before anybody can sign in.
         */
        SetupState: {
            /** Needed */
            needed: boolean;
        };
        /**
         * SftpConnectorList
         * @description A page of connectors, newest first.
         */
        SftpConnectorList: {
            /** Count */
            count: number;
            /** Next */
            next: string | null;
            /** Previous */
            previous: string | null;
            /** Results */
            results: components["schemas"]["SftpConnectorObject"][];
        };
        /**
         * SftpConnectorObject
         * @description A connector.
         */
        SftpConnectorObject: {
            /** Created Date */
            created_date: string;
            /** Credentials */
            credentials: string;
            /** Directory */
            directory: string;
            /** Enabled */
            enabled: boolean;
            /** File Regex */
            file_regex: string | null;
            /** Id */
            id: string;
            last_run: components["schemas"]["SftpRunObject"] | null;
            /** Modified Date */
            modified_date: string;
            /**
             * Next Run Date
             * @description Null while it is paused.
             */
            next_run_date: string | null;
            /** Schedule */
            schedule: components["schemas"]["EveryNMinutes"] | components["schemas"]["DailyAtTime"];
            /** Schema */
            schema: string;
        };
        /**
         * SftpConnectorWrite
         * @description Which files become imports of which schema, and when.
         */
        SftpConnectorWrite: {
            /**
             * Credentials
             * @description Id of the credentials.
             */
            credentials: string;
            /**
             * Directory
             * @description Directory on the server; one that does not begin with a slash is looked for in the user's own.
             */
            directory: string;
            /**
             * Enabled
             * @description False: paused.
             * @default true
             */
            enabled?: boolean;
            /**
             * File Regex
             * @description Only files in whose names this regular expression is found; null or empty: all.
             * @default null
             */
            file_regex?: string | null;
            /** Schedule */
            schedule: components["schemas"]["EveryNMinutes"] | components["schemas"]["DailyAtTime"];
            /**
             * Schema
             * @description Id of the saved schema.
             */
            schema: string;
        };
        /**
         * SftpCredentialsList
         * @description A page of credentials, newest first.
         */
        SftpCredentialsList: {
            /** Count */
            count: number;
            /** Next */
            next: string | null;
            /** Previous */
            previous: string | null;
            /** Results */
            results: components["schemas"]["SftpCredentialsObject"][];
        };
        /**
         * SftpCredentialsObject
         * @description Credentials, without what is secret.
         */
        SftpCredentialsObject: {
            /**
             * Auth Type
             * @enum {string}
             */
            auth_type: "PASSWORD" | "KEY";
            /** Created Date */
            created_date: string;
            /**
             * Host Key Fingerprint
             * @description Of the server's key; null before the first connection.
             */
            host_key_fingerprint: string | null;
            /** Hostname */
            hostname: string;
            /** Id */
            id: string;
            /**
             * Key Fingerprint
             * @description Of the private key's public half; null with a password.
             */
            key_fingerprint: string | null;
            /** Modified Date */
            modified_date: string;
            /**
             * Offered Host Key Fingerprint
             * @description Of another key that the server showed since: nothing is fetched until it is accepted.
             */
            offered_host_key_fingerprint: string | null;
            /** Port */
            port: number;
            /** User */
            user: string;
        };
        /**
         * SftpCredentialsWrite
         * @description How to get into a server.
         */
        SftpCredentialsWrite: {
            /**
             * Auth Type
             * @description `PASSWORD` or `KEY`.
             * @enum {string}
             */
            auth_type: "PASSWORD" | "KEY";
            /**
             * Hostname
             * @description Name or address of the server.
             */
            hostname: string;
            /**
             * Password
             * @description With `PASSWORD`. Left out or empty in a change: the one before stays. Never given back.
             * @default
             */
            password?: string;
            /**
             * Port
             * @default 22
             */
            port?: number;
            /**
             * Private Key
             * @description With `KEY`: an OpenSSH private key without passphrase. As `password` otherwise.
             * @default
             */
            private_key?: string;
            /** User */
            user: string;
        };
        /**
         * SftpFileList
         * @description A page of the files of a run, in the order in which they were dealt with.
         */
        SftpFileList: {
            /** Count */
            count: number;
            /**
             * Left
             * @description The first 100 entries that were left alone for a reason worth a look.
             */
            left: components["schemas"]["SftpLeft"][];
            /** Next */
            next: string | null;
            /** Previous */
            previous: string | null;
            /** Results */
            results: components["schemas"]["SftpFileObject"][];
        };
        /**
         * SftpFileObject
         * @description A version of a file that was dealt with.
         */
        SftpFileObject: {
            /**
             * Changed Date
             * @description The server's time of change.
             */
            changed_date: string | null;
            /** Created Date */
            created_date: string;
            /**
             * Import Id
             * @description Null when it was refused, or its import was deleted.
             */
            import_id: string | null;
            /** Path */
            path: string;
            /** Reason */
            reason: string | null;
            /** Size */
            size: number;
            /**
             * State
             * @enum {string}
             */
            state: "imported" | "refused";
        };
        /**
         * SftpLeft
         * @description An entry of the directory that a run left alone.
         */
        SftpLeft: {
            /** Name */
            name: string;
            /** Reason */
            reason: string;
        };
        /**
         * SftpRunList
         * @description A page of runs, newest first.
         */
        SftpRunList: {
            /** Count */
            count: number;
            /** Next */
            next: string | null;
            /** Previous */
            previous: string | null;
            /** Results */
            results: components["schemas"]["SftpRunObject"][];
        };
        /**
         * SftpRunObject
         * @description One look into the directory.
         */
        SftpRunObject: {
            /** Created Date */
            created_date: string;
            /** Ended Date */
            ended_date: string | null;
            /**
             * Error
             * @description The same as a sentence.
             */
            error: string | null;
            /**
             * Found
             * @description Entries of the directory.
             */
            found: number;
            /** Id */
            id: string;
            /** Imported */
            imported: number;
            /**
             * Problem
             * @description Why it failed, as a code.
             */
            problem: string | null;
            /**
             * Skipped
             * @description Reason → how many were left alone for it.
             */
            skipped: {
                [key: string]: number;
            };
            /** Started Date */
            started_date: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "queued" | "running" | "succeeded" | "failed";
            /**
             * Trigger
             * @enum {string}
             */
            trigger: "schedule" | "manual";
        };
        /**
         * Side
         * @description How the import ends with one of the two schemas.
         */
        Side: {
            /**
             * Counts
             * @description `rows` of the decisions; null when the rows were not reached.
             */
            counts: {
                [key: string]: number;
            } | null;
            /** Import Errors */
            import_errors: {
                [key: string]: unknown;
            }[] | null;
            /**
             * Issues
             * @description Level → how many.
             */
            issues: {
                [key: string]: number;
            };
            /**
             * Status
             * @enum {string}
             */
            status: "SUCCESSFUL" | "NEEDS_REVIEW" | "FAILED";
        };
        /**
         * SignedReceipt
         * @description A receipt as it was given.
         */
        SignedReceipt: {
            /**
             * Bytes
             * @description Their size.
             */
            bytes: number;
            /**
             * Completed Date
             * @description Null while files still go.
             */
            completed_date: string | null;
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "import" | "source" | "result" | "review" | "console" | "memory" | "organization";
            /**
             * Object Id
             * @description Id of the import or organization; null for memory.
             */
            object_id: string | null;
            /**
             * Objects
             * @description Stored files that went.
             */
            objects: number;
            /** Organization Id */
            organization_id: string;
            /**
             * Reason
             * @enum {string}
             */
            reason: "request" | "retention" | "organization";
            requested_by: components["schemas"]["Requester"];
            /** Requested Date */
            requested_date: string;
            /**
             * Rows
             * @description Table → rows that went.
             */
            rows: {
                [key: string]: number;
            };
            /**
             * Signature
             * @description HMAC-SHA256 in hexadecimal; null until it is complete.
             */
            signature: string | null;
        };
        /**
         * SignIn
         * @description Who wants to sign in.
         */
        SignIn: {
            /** Email */
            email: string;
            /** Password */
            password: string;
        };
        /** Sort */
        Sort: {
            /**
             * Column
             * @description The key of a field; `key[n]` for the n-th (from 0) of the columns of a `manyToOne` field.
             */
            column: string;
            /**
             * Descending
             * @default false
             */
            descending?: boolean;
        };
        /**
         * Statement
         * @description One plain sentence with its code and parameters.
         */
        Statement: {
            /** Code */
            code: string;
            /** Parameters */
            parameters: {
                [key: string]: unknown;
            };
            /** Text */
            text: string;
        };
        /** StepInfo */
        StepInfo: {
            /**
             * Help
             * @description The schema's help text: sanitized HTML.
             */
            help: string | null;
            /**
             * Name
             * @enum {string}
             */
            name: "header" | "columns" | "values" | "review";
            /**
             * Needs Person
             * @description Something in it waits for a decision.
             */
            needs_person: boolean;
            /**
             * Status
             * @enum {string}
             */
            status: "done" | "current" | "upcoming" | "skipped";
        };
        /** SubmitBody */
        SubmitBody: {
            /**
             * Version
             * @description The version whose summary the person has confirmed; another one answers 409.
             */
            version: number;
        };
        /** SubmitResult */
        SubmitResult: {
            /**
             * Status
             * @constant
             */
            status: "submitting";
        };
        /**
         * Summary
         * @description What submitting would do now.
         */
        Summary: {
            /** Added Rows */
            added_rows: number;
            /** @description Why submitting is not possible yet. */
            blocked: components["schemas"]["Problem"] | null;
            /** Changed Cells */
            changed_cells: number;
            /** Deleted Rows */
            deleted_rows: number;
            /**
             * Delivered
             * @description Rows that would go out.
             */
            delivered: number;
            /** Error Cells */
            error_cells: number;
            /** Info Cells */
            info_cells: number;
            /** Left Out */
            left_out: number;
            /**
             * Rows
             * @description Rows there are: read, plus added, minus deleted.
             */
            rows: number;
            /** Rows With Errors */
            rows_with_errors: number;
            /** Warning Cells */
            warning_cells: number;
        };
        /**
         * TextsToForget
         * @description What to forget, in whatever letter case: names, addresses, numbers of a person.
         */
        TextsToForget: {
            /**
             * Texts
             * @description 1 to 100 texts of at least 2 characters; each also as a part of what was learned.
             */
            texts: string[];
        };
        /**
         * TimelineEntry
         * @description Something that happened to an import.
         */
        TimelineEntry: {
            /**
             * Count
             * @description Of `changed`: how often people changed something, the last time then.
             */
            count?: number | null;
            /** Date */
            date: string;
            /**
             * Event
             * @enum {string}
             */
            event: "created" | "uploaded" | "started" | "needs_review" | "changed" | "submitted" | "succeeded" | "failed";
        };
        /**
         * Transform
         * @description Run a JavaScript row expression on the rows of the view; docs/review-api.md says what it sees.
         */
        Transform: {
            /** Expression */
            expression: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "transform";
            /**
             * @default {
             *       "filters": [],
             *       "group": null,
             *       "only": "all",
             *       "search": null,
             *       "snapshot": null,
             *       "sort": []
             *     }
             */
            view?: components["schemas"]["View"];
        };
        /** TransformRequest */
        TransformRequest: {
            /** Request */
            request: string;
        };
        /** TransformSuggestion */
        TransformSuggestion: {
            /** Explanation */
            explanation: string | null;
            /** Expression */
            expression: string;
        };
        /**
         * TriedRow
         * @description A row as it would come out.
         */
        TriedRow: {
            /**
             * Delivered
             * @description Whether it would be in the result.
             */
            delivered: boolean;
            /**
             * Index
             * @description Position among the data rows, from 0.
             */
            index: number;
            /** Issues */
            issues: components["schemas"]["CellIssue"][];
            /**
             * Source Row
             * @description The record in the file, from 1; null for a row that a hook added.
             */
            source_row: number | null;
            /** Values */
            values: {
                [key: string]: unknown;
            };
        };
        /**
         * TryAnswer
         * @description How an import with this schema would end.
         */
        TryAnswer: {
            /** Console */
            console: {
                [key: string]: unknown;
            }[];
            /**
             * Counts
             * @description `rows` of the decisions; null when the rows were not reached.
             */
            counts: {
                [key: string]: number;
            } | null;
            /** Decisions */
            decisions: {
                [key: string]: unknown;
            };
            /** Import Errors */
            import_errors: {
                [key: string]: unknown;
            }[] | null;
            /**
             * Issues
             * @description Level → how many.
             */
            issues: {
                [key: string]: number;
            };
            /** Rows */
            rows: components["schemas"]["TriedRow"][];
            /**
             * Status
             * @enum {string}
             */
            status: "SUCCESSFUL" | "NEEDS_REVIEW" | "FAILED";
        };
        /**
         * TryRequest
         * @description A schema and the data to try it on.
         */
        TryRequest: {
            /**
             * Limit
             * @description How many rows to show.
             * @default 50
             */
            limit?: number;
            sample: components["schemas"]["SampleFile"];
            schema: components["schemas"]["Draft"];
        };
        /** UndoBody */
        UndoBody: {
            /** Id */
            id: string;
        };
        /**
         * Upload
         * @description An import as the uploads API shows it.
         */
        Upload: {
            /** Created Date */
            created_date: string;
            /** Errors */
            errors: {
                [key: string]: unknown;
            }[];
            /** Field Order */
            field_order: string[];
            /** Id */
            id: string;
            /** Import Identifier */
            import_identifier: string | null;
            /** Invalid Row Indexes */
            invalid_row_indexes: number[];
            raw_upload: components["schemas"]["RawUpload"];
            /** Storage Key */
            storage_key: string | null;
            /** Total Num Rows */
            total_num_rows: number | null;
            /**
             * Upload Status
             * @enum {string}
             */
            upload_status: "PENDING_UPLOAD" | "PROCESSING" | "PROCESSED" | "FAILED";
            /** User */
            user: {
                [key: string]: unknown;
            } | null;
        };
        /** UploadedFile */
        UploadedFile: {
            /** Added Rows */
            added_rows: number;
            /** Changed Cells */
            changed_cells: number;
            /** Matched Rows */
            matched_rows: number;
            /** Missing Rows */
            missing_rows: number;
            /** Unknown Columns */
            unknown_columns: string[];
            /** Upload */
            upload: string;
        };
        /**
         * UploadList
         * @description Completed imports, newest first, from position `start` to before `end`.
         */
        UploadList: {
            /** Data */
            data: components["schemas"]["Upload"][];
            /** End */
            end: number;
            /** Start */
            start: number;
            /** Total Num Uploads */
            total_num_uploads: number;
        };
        /**
         * UploadMetadata
         * @description An upload with the URL of its original file.
         */
        UploadMetadata: {
            /** Created Date */
            created_date: string;
            /** Errors */
            errors: {
                [key: string]: unknown;
            }[];
            /** Field Order */
            field_order: string[];
            /** Id */
            id: string;
            /** Import Identifier */
            import_identifier: string | null;
            /** Invalid Row Indexes */
            invalid_row_indexes: number[];
            raw_upload: components["schemas"]["RawUploadWithUrl"];
            /** Storage Key */
            storage_key: string | null;
            /** Total Num Rows */
            total_num_rows: number | null;
            /**
             * Upload Status
             * @enum {string}
             */
            upload_status: "PENDING_UPLOAD" | "PROCESSING" | "PROCESSED" | "FAILED";
            /** User */
            user: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * UsedSchema
         * @description Which schema a new run has. Of `settings` and `hooks`: the keys that were sent with the old import and applied again.
         */
        UsedSchema: {
            /** Hooks */
            hooks: string[] | null;
            /**
             * Schema
             * @enum {string}
             */
            schema: "frozen" | "current";
            /**
             * Settings
             * @description Keys; null for imports of before this was kept.
             */
            settings: string[] | null;
            /**
             * Version
             * @description Of the saved schema, when it is taken as it is now.
             */
            version: number | null;
        };
        /**
         * User
         * @description Who the import is for.
         */
        User: {
            /**
             * Companyid
             * @default null
             */
            companyId?: string | number | null;
            /**
             * Companyname
             * @default null
             */
            companyName?: string | number | null;
            /**
             * Email
             * @default null
             */
            email?: string | number | null;
            /** Id */
            id: string | number;
            /**
             * Name
             * @default null
             */
            name?: string | number | null;
        };
        /**
         * UserObject
         * @description A person.
         */
        UserObject: {
            /** Email */
            email: string;
            /** Id */
            id: string;
            /** Name */
            name: string;
        };
        /** ValuesDecisionBody */
        ValuesDecisionBody: {
            /** Orders */
            orders?: {
                [key: string]: ("day_month" | "month_day") | null;
            };
            /**
             * Values
             * @description Field → text → option value; null: the text stays without an option.
             */
            values?: {
                [key: string]: {
                    [key: string]: string | null;
                };
            };
        };
        /** ValuesView */
        ValuesView: {
            /** Dates */
            dates: components["schemas"]["DateQuestion"][];
            /** Fields */
            fields: components["schemas"]["SelectValues"][];
        };
        /**
         * Version
         * @description A state of a schema as it was saved.
         */
        Version: {
            /** @description Null for states from before this was kept. */
            created_by: components["schemas"]["AuthorForm"] | null;
            /** Created Date */
            created_date: string;
            /**
             * Restored From
             * @description The version that was saved again.
             */
            restored_from: number | null;
            /** Version */
            version: number;
        };
        /**
         * VersionFull
         * @description A version with its schema.
         */
        VersionFull: {
            /** @description Null for states from before this was kept. */
            created_by: components["schemas"]["AuthorForm"] | null;
            /** Created Date */
            created_date: string;
            /** Fields */
            fields: {
                [key: string]: unknown;
            }[];
            /** Hooks */
            hooks: {
                [key: string]: unknown;
            };
            /** Name */
            name: string;
            /**
             * Restored From
             * @description The version that was saved again.
             */
            restored_from: number | null;
            /** Settings */
            settings: {
                [key: string]: unknown;
            };
            /** Version */
            version: number;
        };
        /**
         * VersionList
         * @description A page of versions, newest first.
         */
        VersionList: {
            /** Count */
            count: number;
            /** Next */
            next: string | null;
            /** Previous */
            previous: string | null;
            /** Results */
            results: components["schemas"]["Version"][];
        };
        /**
         * View
         * @description Which rows, in which order. `snapshot` names the list as it stood when it was made, so that positions keep.
         */
        View: {
            /** Filters */
            filters?: components["schemas"]["ColumnFilter"][];
            /**
             * Group
             * @description Only rows of this error group.
             * @default null
             */
            group?: string | null;
            /**
             * Only
             * @default all
             * @enum {string}
             */
            only?: "all" | "errors" | "warnings" | "infos" | "changed" | "added" | "autofixed";
            /**
             * Search
             * @default null
             */
            search?: string | null;
            /**
             * Snapshot
             * @default null
             */
            snapshot?: string | null;
            /** Sort */
            sort?: components["schemas"]["Sort"][];
        };
        /**
         * WebhookList
         * @description A page of webhooks, newest first.
         */
        WebhookList: {
            /** Count */
            count: number;
            /** Next */
            next: string | null;
            /** Previous */
            previous: string | null;
            /** Results */
            results: components["schemas"]["WebhookObject"][];
        };
        /**
         * WebhookObject
         * @description A webhook.
         */
        WebhookObject: {
            /** Created Date */
            created_date: string;
            /**
             * Description
             * @description A note for people.
             * @default
             */
            description?: string;
            /**
             * Development Mode
             * @description Whether it hears of imports in development mode, or of all others.
             * @default false
             */
            development_mode?: boolean;
            /**
             * Disabled Reason
             * @description `gone`: disabled because the receiver answered 410.
             */
            disabled_reason: "gone" | null;
            /**
             * Enabled
             * @default true
             */
            enabled?: boolean;
            /**
             * Events
             * @description The events that it listens to; none: all.
             * @default []
             */
            events?: ("import_completed" | "headless_import_needs_review" | "headless_import_failed")[];
            /** Id */
            id: string;
            /**
             * Import Identifiers
             * @description The importIdentifiers that it listens to.
             * @default []
             */
            import_identifiers?: string[];
            /** Modified Date */
            modified_date: string;
            /**
             * Schema Ids
             * @description The saved schemas that it listens to. With neither of the two lists: to all imports.
             * @default []
             */
            schema_ids?: string[];
            /**
             * Secrets
             * @description Newest first.
             */
            secrets: components["schemas"]["WebhookSecret"][];
            /**
             * Url
             * @description Where events are sent: http or https.
             */
            url: string;
        };
        /**
         * WebhookSecret
         * @description A secret that signs; itself it is never shown again.
         */
        WebhookSecret: {
            /** Created Date */
            created_date: string;
            /** Expires Date */
            expires_date: string | null;
        };
        /**
         * WebhookWithSecret
         * @description A webhook with its new secret, which is shown this once.
         */
        WebhookWithSecret: {
            /** Created Date */
            created_date: string;
            /**
             * Description
             * @description A note for people.
             * @default
             */
            description?: string;
            /**
             * Development Mode
             * @description Whether it hears of imports in development mode, or of all others.
             * @default false
             */
            development_mode?: boolean;
            /**
             * Disabled Reason
             * @description `gone`: disabled because the receiver answered 410.
             */
            disabled_reason: "gone" | null;
            /**
             * Enabled
             * @default true
             */
            enabled?: boolean;
            /**
             * Events
             * @description The events that it listens to; none: all.
             * @default []
             */
            events?: ("import_completed" | "headless_import_needs_review" | "headless_import_failed")[];
            /** Id */
            id: string;
            /**
             * Import Identifiers
             * @description The importIdentifiers that it listens to.
             * @default []
             */
            import_identifiers?: string[];
            /** Modified Date */
            modified_date: string;
            /**
             * Schema Ids
             * @description The saved schemas that it listens to. With neither of the two lists: to all imports.
             * @default []
             */
            schema_ids?: string[];
            /** Secret */
            secret: string;
            /**
             * Secrets
             * @description Newest first.
             */
            secrets: components["schemas"]["WebhookSecret"][];
            /**
             * Url
             * @description Where events are sent: http or https.
             */
            url: string;
        };
        /**
         * WebhookWrite
         * @description A webhook to set up.
         */
        WebhookWrite: {
            /**
             * Description
             * @description A note for people.
             * @default
             */
            description?: string;
            /**
             * Development Mode
             * @description Whether it hears of imports in development mode, or of all others.
             * @default false
             */
            development_mode?: boolean;
            /**
             * Enabled
             * @default true
             */
            enabled?: boolean;
            /**
             * Events
             * @description The events that it listens to; none: all.
             * @default []
             */
            events?: ("import_completed" | "headless_import_needs_review" | "headless_import_failed")[];
            /**
             * Import Identifiers
             * @description The importIdentifiers that it listens to.
             * @default []
             */
            import_identifiers?: string[];
            /**
             * Schema Ids
             * @description The saved schemas that it listens to. With neither of the two lists: to all imports.
             * @default []
             */
            schema_ids?: string[];
            /**
             * Url
             * @description Where events are sent: http or https.
             */
            url: string;
        };
        /**
         * WorkerHealth
         * @description The worker processes of this server.
         */
        WorkerHealth: {
            /** Busy */
            busy: number;
            /** Size */
            size: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    read_audit_log_api_v1_account_audit__get: {
        parameters: {
            query?: {
                /** @description Only this action (`key.created`), or all of a kind (`key`). */
                action?: string | null;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
                /** @description How many to give, at most 1000. */
                limit?: number;
                /** @description Only from this date or moment on (UTC). */
                since?: string | null;
                /** @description Only until the end of this date, or this moment (UTC). */
                until?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditList"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    export_audit_log_api_v1_account_audit_export__get: {
        parameters: {
            query?: {
                /** @description Only this action (`key.created`), or all of a kind (`key`). */
                action?: string | null;
                format?: "csv" | "ndjson";
                /** @description Only from this date or moment on (UTC). */
                since?: string | null;
                /** @description Only until the end of this date, or this moment (UTC). */
                until?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file, newest entry first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    list_invitations_api_v1_account_invitations__get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"][];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    invite_api_v1_account_invitations__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Says that a page of this service sends the request. Needed without a key. */
                "X-Headgate-Request"?: "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationWithLink"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The object's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    revoke_invitation_api_v1_account_invitations__invitation_id___delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    accept_invitation_api_v1_account_invitations_accept__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Says that a page of this service sends the request. Needed without a key. */
                "X-Headgate-Request"?: "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationAcceptance"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The object's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description Too many requests; `Retry-After` says when to come back. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    look_at_invitation_api_v1_account_invitations_look__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Says that a page of this service sends the request. Needed without a key. */
                "X-Headgate-Request"?: "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkToken"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationLook"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    list_keys_api_v1_account_keys__get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyObject"][];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    create_key_api_v1_account_keys__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Says that a page of this service sends the request. Needed without a key. */
                "X-Headgate-Request"?: "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyWithSecret"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    revoke_key_api_v1_account_keys__key_id___delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    me_api_v1_account_me__get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    change_me_api_v1_account_me__patch: {
        parameters: {
            query?: never;
            header?: {
                /** @description Says that a page of this service sends the request. Needed without a key. */
                "X-Headgate-Request"?: "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    list_members_api_v1_account_members__get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"][];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    remove_member_api_v1_account_members__user_id___delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The object's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    change_member_api_v1_account_members__user_id___patch: {
        parameters: {
            query?: never;
            header?: {
                /** @description Says that a page of this service sends the request. Needed without a key. */
                "X-Headgate-Request"?: "1";
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MemberChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The object's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    make_reset_link_api_v1_account_members__user_id__password_reset__post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResetLink"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The object's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    rename_organization_api_v1_account_organization__patch: {
        parameters: {
            query?: never;
            header?: {
                /** @description Says that a page of this service sends the request. Needed without a key. */
                "X-Headgate-Request"?: "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganizationWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationObject"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    delete_organization_api_v1_account_organization_delete__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Says that a page of this service sends the request. Needed without a key. */
                "X-Headgate-Request"?: "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganizationWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletionObject"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The object's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    list_deletions_api_v1_account_organization_deletions__get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletionObject"][];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    switch_organization_api_v1_account_organization_switch__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Says that a page of this service sends the request. Needed without a key. */
                "X-Headgate-Request"?: "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganizationChoice"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    create_organization_api_v1_account_organizations__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Says that a page of this service sends the request. Needed without a key. */
                "X-Headgate-Request"?: "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganizationWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationObject"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    reset_password_api_v1_account_password_reset__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Says that a page of this service sends the request. Needed without a key. */
                "X-Headgate-Request"?: "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordReset"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    look_at_reset_api_v1_account_password_reset_look__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Says that a page of this service sends the request. Needed without a key. */
                "X-Headgate-Request"?: "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkToken"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResetLook"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    change_password_api_v1_account_password__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Says that a page of this service sends the request. Needed without a key. */
                "X-Headgate-Request"?: "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description Too many requests; `Retry-After` says when to come back. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    list_sessions_api_v1_account_sessions__get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionObject"][];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    end_session_api_v1_account_sessions__session_id___delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    setup_state_api_v1_account_setup__get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupState"];
                };
            };
        };
    };
    set_up_api_v1_account_setup__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Says that a page of this service sends the request. Needed without a key. */
                "X-Headgate-Request"?: "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetUp"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The object's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    sign_in_api_v1_account_sign_in__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Says that a page of this service sends the request. Needed without a key. */
                "X-Headgate-Request"?: "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description Too many requests; `Retry-After` says when to come back. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    sign_out_api_v1_account_sign_out__post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    health_api_v1_dashboard_health__get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    find_imports_api_v1_dashboard_imports__get: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string | null;
                /** @description Only those in development mode, or only the others. */
                development_mode?: boolean | null;
                /** @description Only those with this `importIdentifier`. */
                import_identifier?: string | null;
                /** @description How many to give, at most 200. */
                limit?: number;
                /** @description Only those of this saved schema. */
                schema_id?: string | null;
                /** @description Part of a file name in any letter case, or the start (4 digits) of an id. */
                search?: string | null;
                /** @description Only those created from this date or time on. */
                since?: string | null;
                /** @description Only those that stand there. */
                status?: ("AWAITING_UPLOAD" | "PENDING" | "RUNNING" | "NEEDS_REVIEW" | "SUCCESSFUL" | "FAILED") | null;
                /** @description Only those created before this time, or up to the end of this date. */
                until?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPage"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    look_at_import_api_v1_dashboard_imports__import_id___get: {
        parameters: {
            query?: {
                /** @description Language of the texts; one that we do not speak means English. */
                lang?: string;
            };
            header?: never;
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportDetail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    look_at_console_api_v1_dashboard_imports__import_id__console__get: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string | null;
                /** @description How many to give, at most 200. */
                limit?: number;
            };
            header?: never;
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsolePage"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    look_at_issues_api_v1_dashboard_imports__import_id__issues__get: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string | null;
                /** @description Only those of this field, by its key. */
                field?: string | null;
                /** @description Only those of this level. */
                level?: ("error" | "warning" | "info") | null;
                /** @description How many to give, at most 200. */
                limit?: number;
            };
            header?: never;
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuePage"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    save_recipe_api_v1_dashboard_imports__import_id__recipe__put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipeObject"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The object's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    propose_recipe_api_v1_dashboard_imports__import_id__recipe__post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipeProposal"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The object's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    rerun_import_api_v1_dashboard_imports__import_id__rerun__post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RerunWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RerunImport"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The object's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description Too many requests; `Retry-After` says when to come back. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    import_events_api_v1_dashboard_imports_events__get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    get_settings_api_v1_dashboard_settings__get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsView"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    put_settings_api_v1_dashboard_settings__put: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsView"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    patch_settings_api_v1_dashboard_settings__patch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsView"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    summary_api_v1_dashboard_summary__get: {
        parameters: {
            query?: {
                /** @description How many days, today among them, at most 366. */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportSums"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    list_receipts_api_v1_deletions__get: {
        parameters: {
            query?: {
                /** @description How many to give, at most 1000. */
                limit?: number;
                /** @description Only those of this import or organization. */
                object_id?: string | null;
                /** @description How many of the newest to leave out. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceiptList"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    get_receipt_api_v1_deletions__deletion_id___get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deletion_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    verify_receipt_api_v1_deletions_verify__post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignedReceipt"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceiptCheck"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    list_imports_api_v1_headless_imports__get: {
        parameters: {
            query?: {
                /** @description How many to give, at most 1000. */
                limit?: number;
                /** @description How many of the newest to leave out. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportList"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    create_import_api_v1_headless_imports__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body within 24 hours gives the same import again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportFull"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The Idempotency-Key came with another body before. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description Too many requests; `Retry-After` says when to come back. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    retrieve_import_api_v1_headless_imports__import_id___get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportFull"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description Too many requests; `Retry-After` says when to come back. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    delete_import_api_v1_headless_imports__import_id___delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    console_url_api_v1_headless_imports__import_id__console__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresignedUrl"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    errors_url_api_v1_headless_imports__import_id__errors__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresignedUrl"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    progress_api_v1_headless_imports__import_id__progress__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportProgress"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    renew_link_api_v1_headless_imports__import_id__review_link__post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewLink"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The object's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    result_url_api_v1_headless_imports__import_id__url__get: {
        parameters: {
            query?: {
                /** @description Format of the file. */
                format?: "json" | "ndjson" | "csv" | "xlsx" | "parquet";
            };
            header?: never;
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresignedUrl"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    list_connectors_api_v1_headless_sftp_connectors__get: {
        parameters: {
            query?: {
                /** @description How many to give, at most 1000. */
                limit?: number;
                /** @description How many of the first to leave out. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SftpConnectorList"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    create_connector_api_v1_headless_sftp_connectors__post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SftpConnectorWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SftpConnectorObject"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The object's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    get_connector_api_v1_headless_sftp_connectors__connector_id___get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connector_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SftpConnectorObject"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    update_connector_api_v1_headless_sftp_connectors__connector_id___put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connector_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SftpConnectorWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SftpConnectorObject"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    delete_connector_api_v1_headless_sftp_connectors__connector_id___delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connector_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    change_connector_api_v1_headless_sftp_connectors__connector_id___patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connector_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SftpConnectorWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SftpConnectorObject"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    run_connector_api_v1_headless_sftp_connectors__connector_id__run__post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connector_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SftpRunObject"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The object's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    list_runs_api_v1_headless_sftp_connectors__connector_id__runs__get: {
        parameters: {
            query?: {
                /** @description How many to give, at most 1000. */
                limit?: number;
                /** @description How many of the first to leave out. */
                offset?: number;
            };
            header?: never;
            path: {
                connector_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SftpRunList"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    list_credentials_api_v1_headless_sftp_credentials__get: {
        parameters: {
            query?: {
                /** @description How many to give, at most 1000. */
                limit?: number;
                /** @description How many of the first to leave out. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SftpCredentialsList"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    create_credentials_api_v1_headless_sftp_credentials__post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SftpCredentialsWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SftpCredentialsObject"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The object's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    get_credentials_api_v1_headless_sftp_credentials__credentials_id___get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                credentials_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SftpCredentialsObject"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    update_credentials_api_v1_headless_sftp_credentials__credentials_id___put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                credentials_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SftpCredentialsWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SftpCredentialsObject"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    delete_credentials_api_v1_headless_sftp_credentials__credentials_id___delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                credentials_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The object's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    change_credentials_api_v1_headless_sftp_credentials__credentials_id___patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                credentials_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SftpCredentialsWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SftpCredentialsObject"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    accept_host_key_api_v1_headless_sftp_credentials__credentials_id__accept_host_key__post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                credentials_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HostKeyAcceptance"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SftpCredentialsObject"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The object's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    check_connection_api_v1_headless_sftp_credentials__credentials_id__test_connection__post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                credentials_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionTest"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    list_files_api_v1_headless_sftp_runs__run_id__files__get: {
        parameters: {
            query?: {
                /** @description How many to give, at most 1000. */
                limit?: number;
                /** @description How many of the first to leave out. */
                offset?: number;
            };
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SftpFileList"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    list_memory_api_v1_memory__get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemorySummary"][];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    export_memory_api_v1_memory__import_identifier___get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_identifier: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemoryObject"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    import_memory_api_v1_memory__import_identifier___put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_identifier: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MemoryWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemoryObject"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    delete_memory_api_v1_memory__import_identifier___delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_identifier: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    forget_texts_api_v1_memory_forget__post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TextsToForget"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForgottenTexts"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    list_recipes_api_v1_recipes__get: {
        parameters: {
            query?: {
                /** @description Only the recipe of this importIdentifier. */
                import_identifier?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipeSummary"][];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    save_recipe_api_v1_recipes__post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecipeCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipeObject"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    get_recipe_api_v1_recipes__recipe_id___get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recipe_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipeObject"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    change_recipe_api_v1_recipes__recipe_id___put: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the version that this is based on. With a newer one there the answer is 412, and nothing is done. */
                "If-Match"?: string | null;
            };
            path: {
                recipe_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecipeWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipeObject"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description `If-Match` does not name the newest version, which `current` is. Nothing was changed. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutdatedRecipe"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    delete_recipe_api_v1_recipes__recipe_id___delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recipe_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    switch_recipe_api_v1_recipes__recipe_id___patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recipe_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecipeSwitch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipeObject"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    export_recipe_api_v1_recipes__recipe_id__export__get: {
        parameters: {
            query?: {
                /** @description `toml` or `json`. */
                format?: string;
                /** @description Which version, a whole number; the newest by default. */
                version?: string | null;
            };
            header?: never;
            path: {
                recipe_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                    "application/toml": string;
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    list_versions_api_v1_recipes__recipe_id__versions__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recipe_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipeVersionHead"][];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    get_version_api_v1_recipes__recipe_id__versions__version___get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recipe_id: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipeVersionObject"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    restore_version_api_v1_recipes__recipe_id__versions__version__restore__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the version that this is based on. With a newer one there the answer is 412, and nothing is done. */
                "If-Match"?: string | null;
            };
            path: {
                recipe_id: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipeObject"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description `If-Match` does not name the newest version, which `current` is. Nothing was changed. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutdatedRecipe"];
                };
            };
        };
    };
    state_api_v1_reviews__import_id___get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewState"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    advance_api_v1_reviews__import_id__advance__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "to": "review"
                 *     }
                 */
                "application/json": components["schemas"]["AdvanceBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewState"];
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    cell_api_v1_reviews__import_id__cell__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "column": "email",
                 *       "row": 17
                 *     }
                 */
                "application/json": components["schemas"]["CellQuery"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CellDetail"];
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such row or column. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This row is not there any more."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    change_api_v1_reviews__import_id__changes__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "change": {
                 *         "cells": [
                 *           {
                 *             "column": "email",
                 *             "row": 17,
                 *             "text": "ada@example.com"
                 *           }
                 *         ],
                 *         "kind": "set_cells"
                 *       },
                 *       "id": "3f0c7a52-5f1c-4a47-b6a4-52b2b6f1a001"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeResult"];
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such row or column. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This row is not there any more."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The workbook is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The service has no room left. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The service has no room left. Try again later."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    preview_api_v1_reviews__import_id__changes_preview__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "change": {
                 *         "columns": [
                 *           "amount"
                 *         ],
                 *         "find": ",",
                 *         "kind": "replace",
                 *         "replace": "."
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PreviewBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such row or column. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This row is not there any more."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    columns_api_v1_reviews__import_id__columns__get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ColumnsView"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    decide_columns_api_v1_reviews__import_id__columns__put: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "accept_suggested": true,
                 *       "columns": {
                 *         "0": {
                 *           "field": "email"
                 *         },
                 *         "4": {
                 *           "ignore": true
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ColumnDecisionsBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionResult"];
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such row or column. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This row is not there any more."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    suggest_columns_api_v1_reviews__import_id__columns_suggest__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ColumnSuggestions"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    corrections_api_v1_reviews__import_id__corrections__put: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedFile"];
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The workbook is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The service has no room left. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The service has no room left. Try again later."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    distinct_api_v1_reviews__import_id__distinct__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "column": "plan",
                 *       "limit": 20,
                 *       "search": "pre"
                 *     }
                 */
                "application/json": components["schemas"]["DistinctQuery"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DistinctValues"];
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such row or column. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This row is not there any more."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    events_api_v1_reviews__import_id__events__get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that the page has: what came since is told. */
                "Last-Event-ID"?: string | null;
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    export_api_v1_reviews__import_id__export__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "format": "xlsx",
                 *       "rows": "errors"
                 *     }
                 */
                "application/json": components["schemas"]["ExportBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportResult"];
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The service has no room left. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The service has no room left. Try again later."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    grid_api_v1_reviews__import_id__grid__get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grid"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    header_api_v1_reviews__import_id__header__get: {
        parameters: {
            query?: {
                /** @description A preview: how the source would read so. */
                encoding?: string | null;
                /** @description Records to give. */
                limit?: number;
                /** @description Records to leave out. */
                offset?: number;
            };
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeaderView"];
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    decide_header_api_v1_reviews__import_id__header__put: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reading": {
                 *         "delimiter": ";"
                 *       },
                 *       "rows": [
                 *         3
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["HeaderDecisionBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionResult"];
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such row or column. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This row is not there any more."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    history_api_v1_reviews__import_id__history__get: {
        parameters: {
            query?: {
                /** @description Only entries before this version. */
                before?: string | null;
                /** @description Entries to give, at most 500. */
                limit?: number;
            };
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryEntry"][];
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    save_recipe_api_v1_reviews__import_id__recipe__put: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipeSaved"];
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    propose_recipe_api_v1_reviews__import_id__recipe__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipeProposal"];
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    redo_api_v1_reviews__import_id__redo__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "3f0c7a52-5f1c-4a47-b6a4-52b2b6f1a002"
                 *     }
                 */
                "application/json": components["schemas"]["UndoBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeResult"];
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    rows_api_v1_reviews__import_id__rows__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "limit": 100,
                 *       "offset": 0,
                 *       "view": {
                 *         "only": "errors",
                 *         "sort": [
                 *           {
                 *             "column": "email"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["RowsQuery"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RowsPage"];
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such row or column. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This row is not there any more."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    rows_by_id_api_v1_reviews__import_id__rows_by_id__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "rows": [
                 *         17,
                 *         18
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["RowsById"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RowsPage"];
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    seek_api_v1_reviews__import_id__seek__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "direction": "next",
                 *       "level": "error",
                 *       "position": 16,
                 *       "view": {
                 *         "only": "all"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SeekQuery"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeekResult"];
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such row or column. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This row is not there any more."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    submit_api_v1_reviews__import_id__submit__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "version": 12
                 *     }
                 */
                "application/json": components["schemas"]["SubmitBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubmitResult"];
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    submit_preview_api_v1_reviews__import_id__submit_preview__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Confirmation"];
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    suggest_api_v1_reviews__import_id__transform_suggest__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "request": "Write names in capitals"
                 *     }
                 */
                "application/json": components["schemas"]["TransformRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransformSuggestion"];
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    undo_api_v1_reviews__import_id__undo__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "3f0c7a52-5f1c-4a47-b6a4-52b2b6f1a002"
                 *     }
                 */
                "application/json": components["schemas"]["UndoBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeResult"];
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    values_api_v1_reviews__import_id__values__get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValuesView"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    decide_values_api_v1_reviews__import_id__values__put: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which browser this is: 8–64 letters, digits, `-`. */
                "X-Review-Author"?: string | null;
            };
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "orders": {
                 *         "since": "day_month"
                 *       },
                 *       "values": {
                 *         "plan": {
                 *           "Premium": "pro"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ValuesDecisionBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionResult"];
                };
            };
            /** @description The body is no JSON, or wrong (every problem by its path), or what it asks for cannot be done (a code says why). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "change.cells[0].row": [
                     *         "Input should be a valid integer."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["ReviewError"] | components["schemas"]["Detail"];
                };
            };
            /** @description No token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Send the token of the review link as `Authorization: Bearer <token>`."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The token is wrong, expired, revoked, or of another import. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This link is not valid any more. Ask the person who sent it for a new one."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such row or column. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This row is not there any more."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The review's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "preparing",
                     *       "detail": "The review is being prepared. Ask again when it is ready; the events say so."
                     *     }
                     */
                    "application/json": components["schemas"]["ReviewError"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Try again shortly."
                     *     }
                     */
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    list_schemas_api_v1_schemas__get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchemaObject"][];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    create_schema_api_v1_schemas__post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SchemaWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchemaObject"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    get_schema_api_v1_schemas__schema_id___get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                schema_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchemaObject"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    update_schema_api_v1_schemas__schema_id___put: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the version that this is based on. With a newer one there the answer is 412, and nothing is done. */
                "If-Match"?: string | null;
            };
            path: {
                schema_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SchemaWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchemaObject"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description `If-Match` does not name the newest version, which `current` is. Nothing was changed. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutdatedSchema"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    delete_schema_api_v1_schemas__schema_id___delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the version that this is based on. With a newer one there the answer is 412, and nothing is done. */
                "If-Match"?: string | null;
            };
            path: {
                schema_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description `If-Match` does not name the newest version, which `current` is. Nothing was changed. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutdatedSchema"];
                };
            };
        };
    };
    list_backtests_api_v1_schemas__schema_id__backtest__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                schema_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BacktestSummary"][];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    start_backtest_api_v1_schemas__schema_id__backtest__post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                schema_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BacktestRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BacktestAnswer"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The object's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    get_backtest_api_v1_schemas__schema_id__backtest__backtest_id___get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                backtest_id: string;
                schema_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BacktestAnswer"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    cancel_backtest_api_v1_schemas__schema_id__backtest__backtest_id__cancel__post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                backtest_id: string;
                schema_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BacktestAnswer"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The object's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    get_backtest_import_api_v1_schemas__schema_id__backtest__backtest_id__imports__import_id___get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                backtest_id: string;
                import_id: string;
                schema_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BacktestDetail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    draft_difference_api_v1_schemas__schema_id__difference__post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                schema_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Difference"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    get_retention_api_v1_schemas__schema_id__retention__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                schema_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchemaRetentionView"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    put_retention_api_v1_schemas__schema_id__retention__put: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the version that this is based on. With a newer one there the answer is 412, and nothing is done. */
                "If-Match"?: string | null;
            };
            path: {
                schema_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SchemaRetentionWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchemaRetentionView"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description `If-Match` does not name the newest version, which `current` is. Nothing was changed. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutdatedRetention"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    list_versions_api_v1_schemas__schema_id__versions__get: {
        parameters: {
            query?: {
                /** @description How many to give, at most 1000. */
                limit?: number;
                /** @description How many of the newest to leave out. */
                offset?: number;
            };
            header?: never;
            path: {
                schema_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionList"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    get_version_api_v1_schemas__schema_id__versions__version___get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                schema_id: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionFull"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    version_difference_api_v1_schemas__schema_id__versions__version__difference__get: {
        parameters: {
            query?: {
                /** @description The version to compare with; else the one before it. */
                from?: string | null;
            };
            header?: never;
            path: {
                schema_id: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Difference"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    restore_version_api_v1_schemas__schema_id__versions__version__restore__post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the version that this is based on. With a newer one there the answer is 412, and nothing is done. */
                "If-Match"?: string | null;
            };
            path: {
                schema_id: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchemaObject"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description `If-Match` does not name the newest version, which `current` is. Nothing was changed. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutdatedSchema"];
                };
            };
        };
    };
    check_schema_api_v1_schemas_check__post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SchemaWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchemaCheck"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    describe_api_v1_schemas_description__get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Description"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    infer_fields_api_v1_schemas_infer__post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InferRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferAnswer"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    run_hook_api_v1_schemas_run_hook__post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HookRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HookAnswer"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    try_schema_api_v1_schemas_try__post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TryRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TryAnswer"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description Too much is under way; `Retry-After` says when to come back. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    delete_upload_api_v1_upload__upload_id__delete__post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: string;
                    };
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    upload_metadata_api_v1_upload__upload_id__metadata__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadMetadata"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    upload_url_api_v1_upload__upload_id__url__get: {
        parameters: {
            query?: {
                /** @description Format of the file. */
                format?: "json" | "ndjson" | "csv" | "xlsx" | "parquet";
            };
            header?: never;
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresignedUrl"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    list_uploads_api_v1_uploads__get: {
        parameters: {
            query?: {
                /** @description Position after the last, at most 10000 after `start`. */
                end?: number;
                /** @description Position of the first. */
                start?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadList"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    list_webhooks_api_v1_webhooks__get: {
        parameters: {
            query?: {
                /** @description How many to give, at most 1000. */
                limit?: number;
                /** @description How many of the newest to leave out. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    create_webhook_api_v1_webhooks__post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The object's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    get_webhook_api_v1_webhooks__webhook_id___get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookObject"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    update_webhook_api_v1_webhooks__webhook_id___put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookObject"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    delete_webhook_api_v1_webhooks__webhook_id___delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    change_webhook_api_v1_webhooks__webhook_id___patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookObject"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    replay_dead_api_v1_webhooks__webhook_id__replay__post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replayed"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The object's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    rotate_secret_api_v1_webhooks__webhook_id__rotate_secret__post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SecretRotation"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The object's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description More bytes than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    send_test_api_v1_webhooks__webhook_id__test__post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryFull"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    list_deliveries_api_v1_webhooks_deliveries__get: {
        parameters: {
            query?: {
                /** @description Only those of this import. */
                import_id?: string | null;
                /** @description How many to give, at most 1000. */
                limit?: number;
                /** @description How many of the newest to leave out. */
                offset?: number;
                /** @description Only those that stand here. */
                state?: ("pending" | "held" | "delivered" | "dead") | null;
                /** @description Only those of this webhook. */
                webhook_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryList"];
                };
            };
            /** @description The body or a parameter is wrong; every problem is named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"] | components["schemas"]["Detail"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    get_delivery_api_v1_webhooks_deliveries__delivery_id___get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryFull"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
    replay_delivery_api_v1_webhooks_deliveries__delivery_id__replay__post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryFull"];
                };
            };
            /** @description No key or session, or one that is unknown, revoked or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The caller may not do this, or the signed URL has expired or was changed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description There is no such object for this caller. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description The object's state does not allow it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
        };
    };
}
