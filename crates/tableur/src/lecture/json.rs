use std::collections::BTreeSet;

use serde::de::IgnoredAny;
use serde_json::{Deserializer, Map, Value};

use crate::champ::{Champ, Genre};
use crate::valeur::Brute;

use super::refus::{Cause, RefusFichier};

/// Où commencent les notices d'un JSON, et sous quelle forme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    debut: usize,
    forme: Forme,
    /// Clés rencontrées, chacune une fois.
    pub(super) cles: Vec<String>,
    /// Nature dite par l'enveloppe `{"nature": …, "notices": […]}`.
    pub(super) nature: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Forme {
    /// `[…]`, seul ou dans `{"notices": […]}`.
    Tableau,
    /// Un objet par ligne, ou un seul objet.
    Suite,
}

/// Parcourt tout le texte une fois : un JSON coupé ou faux se refuse avant la première ligne.
pub(super) fn plan(texte: &str) -> Result<Plan, RefusFichier> {
    let debut = texte.len() - texte.trim_start().len();
    let mut plan = Plan { debut, forme: Forme::Suite, cles: vec![], nature: None };
    if texte[debut..].starts_with('[') {
        plan.forme = Forme::Tableau;
    } else if let Some(enveloppe) = enveloppe(texte, debut)? {
        plan = enveloppe;
    }
    let (mut vues, mut elements) = (BTreeSet::new(), Elements::nouveau(texte, &plan));
    while let Some(element) = elements.suivant()? {
        if let Value::Object(objet) = element {
            for (cle, _) in objet {
                if vues.insert(cle.clone()) {
                    plan.cles.push(cle);
                }
            }
        }
    }
    if let (Forme::Tableau, fin) = (plan.forme, elements.position)
        && !fin_admise(&texte[fin..])
    {
        return Err(abime(texte, fin, "du texte suit la fin du tableau"));
    }
    Ok(plan)
}

/// Après le tableau, seule une enveloppe a encore quelque chose à dire.
fn fin_admise(reste: &str) -> bool {
    let reste = reste.trim();
    reste.is_empty() || reste.starts_with(',') || reste.starts_with('}')
}

/// Cherche `"notices": [` au premier niveau d'un objet. `None` si l'objet est lui-même une notice.
fn enveloppe(texte: &str, debut: usize) -> Result<Option<Plan>, RefusFichier> {
    let mut position = debut + 1;
    let mut nature = None;
    loop {
        position = apres_les_blancs(texte, position);
        if !texte[position..].starts_with('"') {
            return Ok(None);
        }
        let (cle, apres) = valeur::<String>(texte, position)?;
        position = apres_les_blancs(texte, apres);
        if !texte[position..].starts_with(':') {
            return Err(abime(texte, position, "« : » manque après une clé"));
        }
        position = apres_les_blancs(texte, position + 1);
        if cle == "notices" && texte[position..].starts_with('[') {
            let plan = Plan { debut: position, forme: Forme::Tableau, cles: vec![], nature };
            return Ok(Some(plan));
        }
        if cle == "nature" && texte[position..].starts_with('"') {
            let (dite, apres) = valeur::<String>(texte, position)?;
            nature = Some(dite);
            position = apres_les_blancs(texte, apres);
        } else {
            let (_, apres) = valeur::<IgnoredAny>(texte, position)?;
            position = apres_les_blancs(texte, apres);
        }
        match texte[position..].chars().next() {
            Some(',') => position += 1,
            _ => return Ok(None),
        }
    }
}

fn apres_les_blancs(texte: &str, position: usize) -> usize {
    texte.len()
        - texte
            .get(position..)
            .unwrap_or_default()
            .trim_start_matches([' ', '\t', '\n', '\r'])
            .len()
}

/// Lit une valeur à cet endroit ; rend aussi la position qui la suit.
fn valeur<T: serde::de::DeserializeOwned>(
    texte: &str,
    position: usize,
) -> Result<(T, usize), RefusFichier> {
    let mut flux =
        Deserializer::from_str(texte.get(position..).unwrap_or_default()).into_iter::<T>();
    match flux.next() {
        Some(Ok(valeur)) => Ok((valeur, position + flux.byte_offset())),
        Some(Err(erreur)) if erreur.is_eof() => {
            Err(abime(texte, texte.len(), "le texte s'arrête au milieu d'une valeur"))
        }
        Some(Err(erreur)) => {
            let locale =
                debut_de_ligne(texte, position, erreur.line()) + erreur.column().saturating_sub(1);
            Err(abime(texte, locale.min(texte.len()), "la syntaxe est fausse"))
        }
        None => Err(abime(texte, texte.len(), "le texte s'arrête avant la fin")),
    }
}

fn debut_de_ligne(texte: &str, position: usize, ligne: usize) -> usize {
    let reste = texte.get(position..).unwrap_or_default();
    let saut = reste.match_indices('\n').nth(ligne.saturating_sub(2)).map_or(0, |(i, _)| i + 1);
    if ligne <= 1 { position } else { position + saut }
}

fn abime(texte: &str, position: usize, detail: &str) -> RefusFichier {
    let avant = texte.as_bytes().get(..position).unwrap_or(texte.as_bytes());
    let ligne = 1 + avant.iter().filter(|b| **b == b'\n').count();
    RefusFichier::nouveau(
        format!("ligne {ligne}"),
        Cause::Abime,
        format!(
            "Le JSON ne se lit pas à la ligne {ligne} : {detail}. L'envoi a pu être interrompu ; \
             produisez-le de nouveau depuis le logiciel d'origine, puis renvoyez-le."
        ),
    )
}

/// Les éléments, l'un après l'autre, sans garder l'arbre entier.
pub(super) struct Elements<'a> {
    texte: &'a str,
    forme: Forme,
    position: usize,
    finie: bool,
    premier: bool,
}

impl<'a> Elements<'a> {
    pub(super) fn nouveau(texte: &'a str, plan: &Plan) -> Self {
        let position = plan.debut + usize::from(plan.forme == Forme::Tableau);
        Self { texte, forme: plan.forme, position, finie: false, premier: true }
    }

    pub(super) fn suivant(&mut self) -> Result<Option<Value>, RefusFichier> {
        self.position = apres_les_blancs(self.texte, self.position);
        let reste = self.texte.get(self.position..).unwrap_or_default();
        if self.finie {
            return Ok(None);
        }
        match (self.forme, reste.chars().next()) {
            (Forme::Suite, None) => return Ok(None),
            (Forme::Tableau, None) => {
                return Err(abime(self.texte, self.texte.len(), "le tableau n'est pas fermé"));
            }
            (Forme::Tableau, Some(']')) => {
                self.position += 1;
                self.finie = true;
                return Ok(None);
            }
            (Forme::Tableau, Some(',')) if !self.premier => {
                self.position = apres_les_blancs(self.texte, self.position + 1);
            }
            (Forme::Tableau, Some(_)) if !self.premier => {
                return Err(abime(self.texte, self.position, "« , » manque entre deux notices"));
            }
            _ => {}
        }
        self.premier = false;
        let (element, apres) = valeur::<Value>(self.texte, self.position)?;
        self.position = apres;
        Ok(Some(element))
    }
}

/// Une notice JSON, ses clés déjà rapportées aux colonnes.
pub(super) fn cellule<'a>(objet: &'a Map<String, Value>, cle: &str, champ: Champ) -> Brute<'a> {
    match objet.get(cle) {
        None | Some(Value::Null) => Brute::Vide,
        Some(Value::Bool(oui)) => Brute::Booleen(*oui),
        Some(Value::String(texte)) => du_texte(texte, champ),
        Some(Value::Number(nombre)) => match nombre.as_i64() {
            Some(entier) => Brute::Entier(entier),
            None => nombre.as_f64().map_or(Brute::Vide, Brute::Decimal),
        },
        Some(Value::Array(_)) => Brute::Inattendue {
            brut: "[…]",
            pourquoi: "une liste là où une valeur est attendue",
        },
        Some(Value::Object(_)) => Brute::Inattendue {
            brut: "{…}",
            pourquoi: "un objet là où une valeur est attendue",
        },
    }
}

/// « 123456 » entre guillemets : des euros ou des centimes ? On ne devine pas.
fn du_texte(texte: &str, champ: Champ) -> Brute<'_> {
    let nu = !texte.trim().is_empty() && texte.trim().bytes().all(|b| b.is_ascii_digit());
    if nu && champ.genre() == Genre::Montant {
        return Brute::Inattendue {
            brut: texte,
            pourquoi: "euros ou centimes ? Écrivez un nombre entier de centimes, sans guillemets",
        };
    }
    Brute::Texte(texte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lire(texte: &str) -> Result<Vec<Value>, RefusFichier> {
        let plan = plan(texte)?;
        let (mut elements, mut lus) = (Elements::nouveau(texte, &plan), vec![]);
        while let Some(element) = elements.suivant()? {
            lus.push(element);
        }
        Ok(lus)
    }

    #[test]
    fn les_trois_formes_donnent_les_memes_notices() {
        for texte in [
            r#"[{"a":1},{"a":2}]"#,
            "{\"a\":1}\n{\"a\":2}\n",
            r#"{"expediteur":{"notices":[0]},"nature":"cdp","notices":[{"a":1},{"a":2}],"fin":true}"#,
            " \n[ {\"a\":1} ,\n {\"a\":2} ] \n",
        ] {
            assert_eq!(
                lire(texte).unwrap(),
                [serde_json::json!({"a":1}), serde_json::json!({"a":2})],
                "{texte}"
            );
        }
        assert_eq!(
            plan(r#"{"nature":"cql","notices":[]}"#).unwrap().nature.as_deref(),
            Some("cql")
        );
        assert_eq!(
            lire(r#"{"locataire_nom":"Roy"}"#).unwrap().len(),
            1,
            "un objet seul est une notice"
        );
        assert_eq!(lire("[]").unwrap(), [] as [Value; 0]);
    }

    #[test]
    fn un_json_coupe_ou_faux_se_refuse_a_sa_ligne() {
        #[rustfmt::skip]
        let cas = [
            ("[{\"a\":1},\n{\"a\":",           2),
            ("[{\"a\":1},\n{\"a\":2}",         2),
            ("[{\"a\":1}\n{\"a\":2}]",         2),
            ("[{\"a\":1},\n\n{\"a\":tout}]",   3),
            ("[{\"a\":1}] reste",              1),
            ("{\"notices\":[{\"a\":1}",        1),
            ("{\"a\"\n1}",                     2),
        ];
        for (texte, ligne) in cas {
            let refus = lire(texte).unwrap_err();
            assert_eq!(
                (refus.ou.as_str(), refus.cause.clone()),
                (&*format!("ligne {ligne}"), Cause::Abime),
                "{texte} : {refus}"
            );
        }
    }
}
