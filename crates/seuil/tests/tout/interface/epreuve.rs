//! Schemathesis lit la description de l'interface, en tire des centaines de demandes justes et fausses,
//! et compare chaque réponse à ce qui est promis.

use std::process::{Command, Stdio};

use super::{Service, compte, exemple};
use crate::programme::du_depot;

#[test]
fn l_interface_tient_ce_que_sa_description_promet() {
    let programme = du_depot(".outils/python/bin/schemathesis");
    assert!(programme.exists(), "schemathesis n'est pas installé : lancez scripts/essais.");
    let service = Service::lancer(|commande| {
        commande(&compte("central", "secretariat_central", "Préfecture"), "");
        commande(&["recevoir", &exemple("cdp-etude.csv"), &exemple("assignations.csv")], "");
        commande(
            &["consigner", "-"],
            "{\"dossier\": \"62-2026-000001\", \"acte\": \"contact\", \"date\": \"2026-11-20\", \"mode\": \"visite\", \"issue\": \"joint\"}\n",
        );
    });
    let cle = service.cle("central");
    let sortie = Command::new(programme)
        .arg("--config-file")
        .arg(du_depot("crates/seuil/tests/tout/interface/schemathesis.toml"))
        .args(["--no-color", "run", &service.serveur.url("/api/v1/openapi.json")])
        .args(["--header", &format!("Authorization: Bearer {cle}")])
        .current_dir(service.serveur.dossier().chemin())
        .stdin(Stdio::null())
        .output()
        .expect("schemathesis se lance");
    assert!(
        sortie.status.success(),
        "{}\n{}\n{}",
        String::from_utf8_lossy(&sortie.stdout),
        String::from_utf8_lossy(&sortie.stderr),
        service.serveur.sortie()
    );
}
