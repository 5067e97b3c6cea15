//! L'étude à qui le secrétariat demande ce qui manque à son acte : elle répond à l'écran.

use epreuves::navigateur;
use fantoccini::Locator;

use super::parcours::{ENTREE, TABULATION, tabuler_jusqu_a};
use super::{attribut, connecter, url, voir};

#[tokio::test]
async fn une_etude_repond_a_l_ecran_a_ce_que_le_secretariat_lui_demande() {
    let etude = navigateur::ouvrir().await;
    connecter(&etude, "etude").await;
    etude.cliquer("main a[href='/a-completer']").await;
    voir(&etude, "h1", "À compléter").await;
    let manques = etude.textes("tbody tr td:nth-child(3)").await;
    let rang = manques.iter().position(|m| m.starts_with("Commune du logement"));
    let rang = rang.expect("un acte sans commune dans les exemples");
    let lien = format!("tbody tr:nth-child({}) td a", rang + 1);
    let notice = attribut(&etude, &lien, "href").await.expect("le lien de l'acte");

    // Le secrétariat demande, puis écrit de nouveau : les deux demandes se relisent.
    let secretariat = navigateur::ouvrir().await;
    connecter(&secretariat, "central").await;
    secretariat.aller(&url(&notice)).await;
    secretariat.cliquer("button[value='demander_note']").await;
    voir(&secretariat, ".fr-alert", "Demande notée").await;
    secretariat.cliquer("section[aria-labelledby='demande'] > details > summary").await;
    secretariat.remplir("#champ-corps", "Et son code postal ?").await;
    secretariat.cliquer("button[value='demander_note']").await;
    voir(&secretariat, ".fr-alert", "Demande notée").await;
    assert_eq!(secretariat.textes(".fr-callout").await.len(), 2);
    secretariat.sans_violation().await;

    // L'étude les lit, répond au clavier, et l'acte quitte sa file.
    etude.cliquer(&lien).await;
    voir(&etude, "#demande", "Ce qui vous a été demandé").await;
    etude.cliquer(".fr-callout:nth-of-type(2) summary").await;
    voir(&etude, ".fr-callout:nth-of-type(2)", "Et son code postal ?").await;
    etude.sans_violation().await;
    tabuler_jusqu_a(&etude, "champ-commune").await;
    etude.taper("Lens").await;
    etude.taper(TABULATION).await;
    etude.taper("62300").await;
    etude.taper(ENTREE).await;
    voir(&etude, ".fr-alert", "Notice complétée").await;
    etude.aller(&url("/a-completer")).await;
    for reste in etude.client().find_all(Locator::Css("tbody td a")).await.expect("la file se lit")
    {
        let autre = reste.attr("href").await.expect("un lien").unwrap_or_default();
        assert_ne!(autre, notice, "l'acte complété est encore dans la file");
    }
    assert_eq!(etude.erreurs_console().await, Vec::<String>::new());
}
